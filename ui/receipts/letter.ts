// The letter of a receipt, drawn as a mail program draws it. The desk writes it, with names in it that customers chose: only
// elements that the desk uses are built anew here, with their style and nothing else of them.

const drawn = new Set(
  "p table caption thead tbody tr th td ul li strong bdi code span br".split(" "),
);

const style = "data-style";

/** The elements of its body, under one that has the body's style. */
export function letterElement(html: string): HTMLElement {
  // Styles in the text of a page are against the content policy, also in one that is only read; those that a program
  // sets are not. In what the desk writes, this stands in no text: a quote in a name is written otherwise.
  const renamed = html.replaceAll(' style="', ` ${style}="`);
  const read = new DOMParser().parseFromString(renamed, "text/html");
  const letter = styled(document.createElement("div"), read.body);
  letter.lang = read.documentElement.lang;
  letter.dir = read.documentElement.dir;
  letter.append(...childrenOf(read.body));
  return letter;
}

function childrenOf(from: Element): Node[] {
  return [...from.childNodes].flatMap((node): Node[] => {
    if (node instanceof Text) return [document.createTextNode(node.data)];
    if (!(node instanceof HTMLElement) || !drawn.has(node.localName)) return [];
    const element = styled(document.createElement(node.localName), node);
    const scope = node.getAttribute("scope");
    if (scope !== null) element.setAttribute("scope", scope);
    element.append(...childrenOf(node));
    return [element];
  });
}

function styled(element: HTMLElement, like: Element): HTMLElement {
  element.style.cssText = like.getAttribute(style) ?? "";
  return element;
}
