import { drawFigure, legend } from './chart/draw.ts';
import type { Figure } from './chart/figure.ts';
import { escapeHtml } from './html.ts';

/** A figure with its title, legend, caption and the line in which its cursor reads out values. */
export const figureElement = (figure: Figure): string =>
  `<figure id="${figure.id}"><h3 id="${figure.id}-title">${escapeHtml(figure.title)}</h3>${legend(figure)}` +
  `<div class="scroll">${drawFigure(figure)}</div><output aria-live="polite"></output>` +
  `<figcaption id="${figure.id}-caption">${escapeHtml(figure.caption)}</figcaption></figure>`;
