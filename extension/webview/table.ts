import { element } from './element.ts';

/** A table of figures that scrolls by itself where the view is narrower, by keyboard too. */
export const scrollingTable = (label: string, ...parts: readonly HTMLElement[]): HTMLElement =>
  element(
    'div',
    { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': label },
    element('table', { class: 'metrics' }, ...parts),
  );

export const headRow = (texts: readonly string[]): HTMLElement =>
  element('thead', {}, element('tr', {}, ...texts.map((text) => element('th', { scope: 'col' }, text))));
