/** Written in by the bundler, from cli/package.json. */
declare const __MEMLOOM_VERSION__: string;

export const version = __MEMLOOM_VERSION__;
