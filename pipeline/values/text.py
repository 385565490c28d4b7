"""White space and character widths: the two ways in which portals write the same words differently."""

import unicodedata

# Full-width ASCII and the ideographic space have ASCII twins; other forms (①, ㎡, ℃) say more than their NFKC.
_WIDTHS = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20}
# Zero-width characters, soft hyphen and byte-order mark: editors and Word leave them inside words.
_INVISIBLE = dict.fromkeys((0xAD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF))


def visible(text: str) -> str:
    """The text without zero-width characters."""
    return text if text.isascii() else text.translate(_INVISIBLE)


def squeeze(text: str) -> str:
    """One space for every run of white space (no-break and full-width ones too), none at the ends."""
    return " ".join(visible(text).split())


def no_space(text: str) -> str:
    """The text without any white space."""
    return "".join(visible(text).split())


def narrow(text: str) -> str:
    """Full-width letters, digits and punctuation as their ASCII twins; Chinese punctuation stays."""
    return text if text.isascii() else text.translate(_WIDTHS)


def folded(text: str) -> str:
    """The form in which two writings of one text are compared: NFKC, no white space, lower case."""
    return no_space(unicodedata.normalize("NFKC", text)).lower()
