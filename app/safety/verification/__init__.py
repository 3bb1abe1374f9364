"""Whether a line says what its cited statements say. Small rules, each with a name; no model, no chance, no clock.

`reading` turns a text into tokens by the word tables in `words/`; each rule compares the reading of a line with the
readings of what it cites. `app.safety.verifier` puts the rules in order.
"""
