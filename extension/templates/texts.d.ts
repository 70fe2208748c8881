/** Data that the bundler puts into the extension as text. */
declare module '*.csv' {
  const text: string;
  export default text;
}
