"""A know-your-rights chatbot on taxpayer confidentiality and filing with an ITIN. The map is `app/README.md`."""

__version__ = "0.1.0"
