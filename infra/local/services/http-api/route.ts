import type { RouteProperties } from "../../template/properties/http-api.ts";

/** A route of the template, ready to be compared with requests. */
export interface Route {
  readonly key: string;
  readonly method: string;
  /** Of the path, without its leading slash; none for `$default`, which takes what no other route does. */
  readonly segments: readonly string[] | undefined;
  readonly integrationId: string;
}

/** The route that takes a request, and what stands in the place of its path variables. */
export interface RouteMatch {
  readonly route: Route;
  readonly pathParameters: Readonly<Record<string, string>>;
}

export const readRoute = ({ RouteKey, Target }: RouteProperties): Route => {
  const [method = "", path] = RouteKey.split(" ");
  return {
    key: RouteKey,
    method,
    segments: path?.slice(1).split("/"),
    integrationId: Target.slice(Target.indexOf("/") + 1),
  };
};

/**
 * Chooses as API Gateway does: the most specific path first, then greedy path variables, then `$default`; of two routes with
 * one path the one that names the method
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html). `path` is percent-decoded.
 */
export const chooseRoute = (
  routes: readonly Route[],
  method: string,
  path: string,
): RouteMatch | undefined => {
  const segments = path.slice(1).split("/");
  return routes
    .filter((route) => route.segments === undefined || route.method === "ANY" || route.method === method)
    .flatMap((route) => matched(route, segments))
    .sort((one, other) => one.specificity.localeCompare(other.specificity))[0]?.match;
};

const matched = (route: Route, path: readonly string[]) => {
  if (route.segments === undefined) return [{ specificity: "4", match: { route, pathParameters: {} } }];
  const pathParameters: Record<string, string> = {};
  let specificity = "";
  for (const [index, segment] of route.segments.entries()) {
    const [, name, greedy] = /^\{(\w+)(\+)?\}$/.exec(segment) ?? [];
    const given = greedy === undefined ? path[index] : path.slice(index).join("/");
    if (given === undefined || (name === undefined ? given !== segment : given === "")) return [];
    if (name !== undefined) pathParameters[name] = given;
    specificity += name === undefined ? "1" : greedy === undefined ? "2" : "3";
    if (greedy !== undefined) return [{ specificity, match: { route, pathParameters } }];
  }
  const isWhole = route.segments.length === path.length;
  specificity += route.method === "ANY" ? "b" : "a";
  return isWhole ? [{ specificity, match: { route, pathParameters } }] : [];
};
