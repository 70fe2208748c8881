/** The page's only way out: messages to the extension, and a state that outlives a reload. */
interface Host<State, Message> {
  postMessage(message: Message): void;
  getState(): State | undefined;
  setState(state: State): State;
}

declare function acquireVsCodeApi<State, Message>(): Host<State, Message>;

/** May be called once in the life of a page. */
export const acquireHost = <State, Message>(): Host<State, Message> => acquireVsCodeApi<State, Message>();
