import type { AstNode, CstNode, RootCstNode } from 'langium';
import type { Range } from 'vscode-languageserver-types';
import type { Span } from './tree.ts';

/** What a text of the standard library is to the nodes of its tree. */
export interface LibrarySource {
  readonly text: string;
  rangeOf(span: Span): Range;
  /** Parses the text, upon which every node and reference of the tree has the concrete syntax that a parser gives. */
  parse(): void;
}

/**
 * The concrete syntax of a node or reference of the standard library, as far as it is known without parsing: where it
 * stands. Whoever asks for more has the text parsed. It becomes what `current` gives then.
 */
export class LibrarySyntax implements RootCstNode {
  readonly hidden = false;

  constructor(
    private readonly source: LibrarySource,
    private readonly span: Span,
    readonly astNode: AstNode,
    private readonly current: () => CstNode | undefined,
  ) {}

  get offset(): number {
    return this.span[0];
  }

  get end(): number {
    return this.span[1];
  }

  get length(): number {
    return this.end - this.offset;
  }

  get range(): Range {
    return this.source.rangeOf(this.span);
  }

  get text(): string {
    return this.source.text.slice(...this.span);
  }

  get fullText(): string {
    return this.source.text;
  }

  get root(): RootCstNode {
    return this.parsed.root;
  }

  get container() {
    return this.parsed.container;
  }

  get grammarSource() {
    return this.parsed.grammarSource;
  }

  get content(): readonly CstNode[] {
    const { parsed } = this;
    return 'content' in parsed && Array.isArray(parsed.content) ? parsed.content : [];
  }

  private get parsed(): CstNode {
    if (this.current() === this) this.source.parse();
    const parsed = this.current();
    if (parsed === undefined || parsed === this)
      throw new Error('A tree of the standard library is not of its text.');
    return parsed;
  }
}
