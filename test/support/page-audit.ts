import type { Page } from "playwright-core";

/** As much of an element as the audit looks at; the project does not otherwise know a browser's types. */
interface AuditedElement {
  readonly tagName: string;
  readonly id: string;
  readonly textContent: string | null;
  readonly parentElement: AuditedElement | null;
  readonly childNodes: Iterable<{ readonly nodeType: number; readonly textContent: string | null }>;
  readonly labels?: { readonly length: number } | null;
  readonly scrollWidth: number;
  readonly clientWidth: number;
  getAttribute(name: string): string | null;
  getBoundingClientRect(): { readonly width: number; readonly height: number };
}

interface AuditedStyle {
  readonly color: string;
  readonly backgroundColor: string;
  readonly borderTopColor: string;
}

declare const document: {
  readonly title: string;
  readonly documentElement: AuditedElement;
  querySelectorAll(selector: string): Iterable<AuditedElement>;
  getElementById(id: string): AuditedElement | null;
};
declare const getComputedStyle: (element: AuditedElement) => AuditedStyle;

/**
 * What of a page as it is shown would keep somebody from using it (WCAG 2.2 AA, as far as a program can tell): language, title,
 * landmark, one heading, names of fields and buttons, references that lead nowhere, contrast of texts (1.4.3) and outlines of fields
 * (1.4.11), targets that are too small (2.5.8), content wider than the window (1.4.10). Empty when nothing was found.
 */
export const auditPage = (page: Page): Promise<readonly string[]> => page.evaluate(findFaults);

/** Runs inside the page, so it stands on its own. */
const findFaults = (): string[] => {
  const faults: string[] = [];
  const all = (selector: string): AuditedElement[] => [...document.querySelectorAll(selector)];
  const must = (holds: boolean, fault: string): void => {
    if (!holds) faults.push(fault);
  };

  must(/^(en|zh-CN)$/.test(document.documentElement.getAttribute("lang") ?? ""), "no language");
  must(document.title.length > 5, "no title");
  must(all("main").length === 1, "not one main landmark");
  must(all("h1").length === 1, "not one first heading");
  const ids = all("[id]").map(({ id }) => id);
  must(new Set(ids).size === ids.length, "an id is there twice");
  for (const field of all("input")) must((field.labels?.length ?? 0) === 1, `no label: ${field.id}`);
  for (const target of all("a, button"))
    must((target.textContent ?? "").trim() !== "", "a target without a name");
  for (const attribute of ["aria-describedby", "aria-labelledby"]) {
    for (const element of all(`[${attribute}]`)) {
      for (const id of (element.getAttribute(attribute) ?? "").split(" ")) {
        must(document.getElementById(id) !== null, `${attribute} leads nowhere: ${id}`);
      }
    }
  }

  type Colour = readonly [number, number, number];
  const read = (colour: string): { readonly colour: Colour; readonly opacity: number } => {
    const [red = 0, green = 0, blue = 0, opacity = 1] = (colour.match(/[\d.]+/g) ?? []).map(Number);
    return { colour: [red, green, blue], opacity };
  };
  const luminance = (colour: Colour): number => {
    const [red = 0, green = 0, blue = 0] = colour.map((channel) => {
      const share = channel / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (one: Colour, other: Colour): number => {
    const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (lighter + 0.05) / (darker + 0.05);
  };
  const ground = (element: AuditedElement | null): Colour => {
    if (element === null) return [255, 255, 255];
    const { colour, opacity } = read(getComputedStyle(element).backgroundColor);
    return opacity === 1 ? colour : ground(element.parentElement);
  };
  for (const element of all("body *")) {
    const text = [...element.childNodes].find(
      ({ nodeType, textContent }) => nodeType === 3 && textContent?.trim(),
    );
    if (text === undefined) continue;
    const ratio = contrast(read(getComputedStyle(element).color).colour, ground(element));
    must(ratio >= 4.5, `contrast ${ratio.toFixed(2)}: ${text.textContent ?? ""}`);
  }
  for (const field of all("input")) {
    const ratio = contrast(read(getComputedStyle(field).borderTopColor).colour, ground(field.parentElement));
    must(ratio >= 3, `outline ${ratio.toFixed(2)}: ${field.id}`);
  }
  for (const target of all("a, button, input")) {
    const { width, height } = target.getBoundingClientRect();
    must(width >= 24 && height >= 24, `target of ${width} × ${height}: ${target.textContent ?? ""}`);
  }
  const { scrollWidth, clientWidth } = document.documentElement;
  must(scrollWidth <= clientWidth, `${scrollWidth - clientWidth} px wider than the window`);
  return faults;
};
