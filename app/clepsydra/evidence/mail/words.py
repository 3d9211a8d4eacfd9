"""The words of a mail that its writer wrote: without what is quoted, what is forwarded and the signature.

`Bonjour, c'est fait.` above `Le 25 nov. 2026 à 18:02, Luc a écrit :` and its quotation has 3 words. The body is decoded
first: the soft line ends and escapes of a mail on its way are no words.
"""

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from html.parser import HTMLParser

LARGEST_BODY = 1024 * 1024
"""Bytes of a mail that are read to count its words; attachments stand behind the text."""

_QUOTED = re.compile(r"\s*[>|]")
_SIGNATURE = re.compile(r"--\s*$")
_PHONE = re.compile(
    r"\s*(Envoyé (de|depuis|à partir de) (mon|ma|Outlook)|Sent from (my|Outlook)|Get Outlook for|"
    r"Télécharger Outlook pour|Obtenir Outlook pour|Von meinem \w+ gesendet|Inviato da|Enviado desde|Verstuurd vanaf)"
    r"\b.{0,60}$"
)
_SAID = re.compile(
    r"\s*(Le\s.{3,400}?\sa\s+écrit|On\s.{3,400}?\swrote|Am\s.{3,400}?\sschrieb\b.{0,200}?|El\s.{3,400}?\sescribió|"
    r"Il\s.{3,400}?\sha\s+scritto|Op\s.{3,400}?\sschreef\b.{0,200}?|Em\s.{3,400}?\sescreveu|"
    r".{3,300}\s(a\s+écrit|wrote))\s*:\s*$",
    re.DOTALL,
)
"""What stands above a quotation. The line may be broken where mails break lines."""

_FROM = re.compile(r"\s*\*?(De|From|Von|Van|Da)\s*:\*?\s")
_THEN = re.compile(
    r"\s*\*?(Envoyé|Envoyé le|Date|Sent|Gesendet|Datum|Enviado|Enviado el|Inviato|Verzonden|À|A|To|An|Para|Aan|"
    r"Objet|Subject|Betreff|Asunto|Assunto|Oggetto|Onderwerp|Cc)\s*:\*?\s",
    re.IGNORECASE,
)
_RULE = re.compile(
    r"\s*(-{2,}.{0,60}(original|origin|transféré|forwarded|weitergeleitet|inoltrato|reenviado|doorgestuurd).{0,60}-{2,}"
    r"|-----BEGIN PGP (SIGNATURE|MESSAGE)-----"
    r"|(Début du message (réexpédié|transféré)|Begin forwarded message)\s*:)\s*$",
    re.IGNORECASE,
)
_WORD = re.compile(r"\S*[^\W_]\S*")
"""Letters or digits with what stands at them: rules of dashes, underscores or stars are no words."""

_BROKEN_OVER = 3
"""Lines over which the sentence above a quotation may be broken."""


def own_words(raw: bytes) -> int:
    """How many words of a mail are its writer's own; 0 where it has no text."""
    return sum(len(_WORD.findall(line)) for line in own_lines(text_of(raw)))


def text_of(raw: bytes) -> str:
    """The text of a mail, decoded; of one that has only HTML, what a reader would see of it."""
    html = ""
    for part in _texts(message_from_bytes(raw[:LARGEST_BODY])):
        if part.get_content_subtype() == "plain" and (text := _content(part)).strip():
            return text
        if part.get_content_subtype() == "html" and not html:
            html = _seen(_content(part))
    return html


def _texts(mail: Message) -> Iterator[Message]:
    """The parts that are text, in their order; a mail inside the mail is not this one's text, nor is a file."""
    waiting = [mail]
    while waiting:
        part = waiting.pop(0)
        if part.get_content_maintype() == "multipart" and part.is_multipart():
            waiting[:0] = [each for each in part.get_payload() if isinstance(each, Message)]
        elif part.get_content_maintype() == "text" and part.get_content_disposition() != "attachment":
            yield part


def _content(part: Message) -> str:
    bare = part.get_payload(decode=True)
    if not isinstance(bare, bytes):
        return ""
    try:
        return bare.decode(part.get_content_charset("utf-8"), "replace")
    except (LookupError, ValueError):  # a character set that nobody knows, or that is no name
        return bare.decode("utf-8", "replace")


def own_lines(text: str) -> list[str]:
    """The lines that the writer wrote, above, between and below what is quoted."""
    lines = text.replace("\xa0", " ").splitlines()
    own: list[str] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        if _SIGNATURE.match(line) or _RULE.match(line) or _forwards(lines, at):
            break
        if (over := _said_over(lines, at)) > 0:
            if not _quotation_follows(lines, at + over):
                break
            at += over
            continue
        if not _QUOTED.match(line) and not _PHONE.match(line):
            own.append(line)
        at += 1
    return own


def _said_over(lines: list[str], at: int) -> int:
    """Over how many lines, from this one on, the sentence goes that stands above a quotation; 0 where there is none."""
    first = lines[at]
    if not first.strip() or _QUOTED.match(first):
        return 0
    for over in range(1, _BROKEN_OVER + 1):
        part = lines[at : at + over]
        if len(part) < over or not part[-1].strip():
            return 0
        if part[-1].rstrip().endswith(":"):
            whole = " ".join(each.strip() for each in part)
            return over if len(whole) < 600 and _SAID.match(whole) and _tells_when(whole) else 0
    return 0


def _tells_when(sentence: str) -> bool:
    """A sentence above a quotation names a day or an address: `he wrote:` alone is the writer's own."""
    return bool(re.search(r"\d|@", sentence))


def _quotation_follows(lines: list[str], at: int) -> bool:
    following = next((line for line in lines[at:] if line.strip()), "")
    return bool(_QUOTED.match(following))


def _forwards(lines: list[str], at: int) -> bool:
    """Whether Outlook's block of an earlier mail begins here: `De :`, and below it when, to whom and about what."""
    if not _FROM.match(lines[at] + " "):
        return False
    below = [line for line in lines[at + 1 : at + 7] if line.strip()]
    return sum(bool(_THEN.match(line + " ")) for line in below) >= 2


# -- HTML

_BLOCKS = frozenset({"p", "div", "br", "tr", "li", "hr", "table", "ul", "ol", "h1", "h2", "h3", "h4", "pre"})
_UNSEEN = frozenset({"script", "style", "head", "title", "blockquote"})
_EMPTY = frozenset({"br", "hr", "img", "meta", "link", "input", "area", "base", "col", "embed", "source", "wbr"})
_DEEPEST = 100
"""Elements in one another that are followed within a quotation."""
_SIGNED = ("gmail_signature", "moz-signature")


class _Seen(HTMLParser):
    """What stands in HTML, quotations marked as in text and signatures left out."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden: list[str] = []
        """The elements that are left out, from the outermost one on."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _EMPTY:
            self.parts.append("\n" if tag in _BLOCKS and not self._hidden else "")
        elif self._hidden:
            if len(self._hidden) < _DEEPEST:
                self._hidden.append(tag)
        elif tag in _UNSEEN or _signs(attrs):
            self.parts.append("\n> \n" if tag == "blockquote" else "\n")
            self._hidden.append(tag)
        elif tag in _BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._hidden:
            while self._hidden.pop() != tag:
                pass
        elif tag in _BLOCKS and not self._hidden:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(re.sub(r"\s+", " ", data))


def _signs(attributes: list[tuple[str, str | None]]) -> bool:
    named = " ".join(value or "" for name, value in attributes if name in ("class", "data-smartmail"))
    return any(each in named for each in _SIGNED)


def _seen(html: str) -> str:
    parser = _Seen()
    try:
        parser.feed(html)
        parser.close()
    except (AssertionError, ValueError):  # declarations that are none
        pass
    return "".join(parser.parts)
