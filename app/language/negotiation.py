"""What language a reader's device asks for (RFC 9110, section 12.5.4)."""

_LONGEST = 200


def wanted_languages(header: str) -> list[str]:
    """Codes of an `Accept-Language` header, most wanted first; regions left out, unwanted ones (`q=0`) too."""
    weighed = []
    for part in header[:_LONGEST].split(","):
        code, _, parameter = (piece.strip() for piece in part.partition(";"))
        weight = parameter.partition("q=")[2]
        try:
            weighed.append((float(weight or 1), code.split("-")[0].lower()))
        except ValueError:
            continue
    return [code for weight, code in sorted(weighed, key=lambda pair: -pair[0]) if weight > 0]
