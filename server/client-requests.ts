import type { Connection } from 'vscode-languageserver';

/**
 * A connection of which a client may refuse to register anything: the server then does without notices of changed
 * settings or files. Langium waits for no registration, so that a refusal would otherwise be an unhandled error; the
 * connection writes it into the client's log.
 */
export function allowRefusals(connection: Connection): Connection {
  const { client } = connection;
  const ask = client.register.bind(client) as (...request: unknown[]) => Promise<unknown>;
  const register = (...request: unknown[]) => {
    const registration = ask(...request);
    registration.catch(() => undefined);
    return registration;
  };
  return Object.create(connection, {
    client: { value: Object.create(client, { register: { value: register } }) },
  });
}

/** Sends what a client may refuse without harm, such as the wish that it draw something anew. */
export function offer(request: Promise<unknown> | undefined): void {
  request?.catch(() => undefined);
}
