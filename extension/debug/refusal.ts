/** Why a request of the client has no answer: an expected failure at the boundary of the protocol, which is answered by it. */
export class Refusal extends Error {
  constructor(
    message: string,
    /** Whether the user is to see it at once, rather than where the answer would have been. */
    readonly showUser = false,
  ) {
    super(message);
  }
}
