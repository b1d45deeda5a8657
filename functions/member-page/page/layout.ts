import { type Html, html } from "./html.ts";
import { envelope } from "./icons.ts";
import { style } from "./style.ts";
import type { PageTexts } from "./texts.ts";

/** One whole page. Everything it shows is in it, so that opening it tells nobody else. */
export const layout = (texts: PageTexts, title: string, content: Html): Html => html`<!doctype html>
<html lang="${texts.tag}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<meta name="referrer" content="no-referrer">
<title>${title} · ${texts.brand}</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<header class="top">
<p class="mark">${envelope}<span>${texts.brand}</span></p>
<a href="?lang=${texts.other.tag}" hreflang="${texts.other.tag}" lang="${texts.other.tag}" aria-label="${texts.other.label}">${texts.other.name}</a>
</header>
${content}
</body>
</html>
`;
