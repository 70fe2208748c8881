import type { AstNode, AstNodeDescription } from 'langium';
import { DefaultScopeComputation, type LocalSymbols, MultiMap } from 'langium';

/** Exports declarations; members are found by the scope provider, so there are no local symbols to collect. */
export class LocalSymbolsComputation extends DefaultScopeComputation {
  override collectLocalSymbols(): Promise<LocalSymbols> {
    return Promise.resolve(new MultiMap<AstNode, AstNodeDescription>());
  }
}
