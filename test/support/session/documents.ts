// Elements and charts as the libraries for them define them, for tests: by classes.

const SVG = 'http://www.w3.org/2000/svg';

class Node {
  get nodeType(): number {
    return 1;
  }
}

/** As in jsdom and happy-dom. */
export class Element extends Node {
  readonly #markup: string;
  readonly #namespace: string;

  constructor(markup: string, namespace = 'http://www.w3.org/1999/xhtml') {
    super();
    this.#markup = markup;
    this.#namespace = namespace;
  }

  get outerHTML(): string {
    return this.#markup;
  }

  get namespaceURI(): string {
    return this.#namespace;
  }

  getAttribute(): null {
    return null;
  }
}

export class SvgElement extends Element {
  constructor(markup: string) {
    super(markup, SVG);
  }
}

/** As in linkedom, whose nodes know their type themselves. */
export class LinkedElement {
  readonly nodeType = 1;
  readonly namespaceURI = 'http://www.w3.org/1999/xhtml';

  get outerHTML(): string {
    return '<i>linked</i>';
  }

  getAttribute(): null {
    return null;
  }
}

/** As in vega-lite-api. */
export class Mark {
  readonly #spec: unknown;

  constructor(spec: unknown) {
    this.#spec = spec;
  }

  toSpec(): unknown {
    return this.#spec;
  }
}
