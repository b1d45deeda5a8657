import type { Json } from "./document.ts";
import type { ReportProblem } from "./problems.ts";

/** What an intrinsic may look up. Each answers undefined for what it does not know. */
export interface Scope {
  /** `Ref`: a parameter, a pseudo parameter or a resource. */
  reference(name: string): string | undefined;
  /** `Fn::GetAtt` */
  attribute(logicalId: string, attribute: string): string | undefined;
  condition(name: string): boolean | undefined;
  mapping(map: string, first: string, second: string): Json | undefined;
  readonly report: ReportProblem;
}
