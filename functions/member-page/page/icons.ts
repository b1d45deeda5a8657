import { html } from "./html.ts";

/* Decoration only: what they mean is always said in words beside them. */

export const envelope = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><rect x="3" y="5" width="18" height="14" rx="2.5"/><path d="m3.8 7.2 8.2 6 8.2-6"/></svg>`;

export const tick = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><circle cx="12" cy="12" r="9"/><path d="m7.8 12.4 2.9 2.9 5.6-6"/></svg>`;

export const clock = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><circle cx="12" cy="12" r="9"/><path d="M12 7v5.2l3.4 2"/></svg>`;

export const padlock = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><rect x="5" y="10.5" width="14" height="9.5" rx="2"/><path d="M8 10.5V8a4 4 0 0 1 8 0v2.5"/></svg>`;

export const brokenLink = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="M10 7 8.6 5.6a4 4 0 0 0-5.6 5.6l2.3 2.3m8.7 3.5 1.4 1.4a4 4 0 0 0 5.6-5.6l-2.3-2.3M4 20 20 4"/></svg>`;

export const warning = html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><circle cx="12" cy="12" r="9"/><path d="M12 7.5v5.5m0 3.2v.1"/></svg>`;
