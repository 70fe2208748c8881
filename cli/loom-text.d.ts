/** The bundler gives the text of an architecture where it is imported. */
declare module '*.loom' {
  const text: string;
  export default text;
}
