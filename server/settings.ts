/** What a user may switch; the same names in VS Code's settings (`memloom.…`) and in initialisation options. */
export interface Settings {
  readonly inlayHints: {
    /** Sizes of equations and layers. */
    readonly sizes: boolean;
    /** Units of equations in blocks. */
    readonly units: boolean;
    /** Word lines × bit lines of crossbars that state no size. */
    readonly arrays: boolean;
    /** Parameters that a call leaves at their defaults. */
    readonly defaults: boolean;
  };
  readonly codeLens: {
    /** `Run` above experiments, and what sits in each crossbar. */
    readonly enabled: boolean;
  };
}

const defaults: Settings = {
  inlayHints: { sizes: true, units: true, arrays: true, defaults: false },
  codeLens: { enabled: true },
};

/** The settings as they stand; features ask at each request. */
export class SettingsStore {
  private settings = defaults;

  get current(): Settings {
    return this.settings;
  }

  /** Takes what a client sent; what it leaves out, or what is of another kind, has its default. */
  set(value: unknown): void {
    this.settings = read(value);
  }
}

function read(value: unknown): Settings {
  const section = (name: keyof Settings) =>
    isRecord(value) && isRecord(value[name]) ? (value[name] as Record<string, unknown>) : {};
  const hints = section('inlayHints');
  const { inlayHints, codeLens } = defaults;
  return {
    inlayHints: {
      sizes: flag(hints.sizes, inlayHints.sizes),
      units: flag(hints.units, inlayHints.units),
      arrays: flag(hints.arrays, inlayHints.arrays),
      defaults: flag(hints.defaults, inlayHints.defaults),
    },
    codeLens: { enabled: flag(section('codeLens').enabled, codeLens.enabled) },
  };
}

const flag = (value: unknown, otherwise: boolean): boolean =>
  typeof value === 'boolean' ? value : otherwise;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
