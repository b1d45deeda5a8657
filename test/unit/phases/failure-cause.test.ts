import { describe, expect, it } from "vitest";
import { type ErrorName, MailferryError, sentence, vocabulary } from "../../../shared/contract/errors.ts";
import { failureCause } from "../../../shared/phases/failure-cause.ts";

const placeholders = (text: string): readonly string[] =>
  [...text.matchAll(/\{(\w+)\}/g)].flatMap(([, name]) => (name === undefined ? [] : [name]));

const names = Object.keys(vocabulary).filter((name): name is ErrorName => name in vocabulary);

describe("what ended a workflow", () => {
  it.each(names)("%s gets its evidence back from its sentence", (name) => {
    const evidence = Object.fromEntries(placeholders(vocabulary[name].en).map((key) => [key, `<${key}>`]));
    const errorMessage = sentence(name, evidence, "en");
    const Cause = JSON.stringify({ errorType: name, errorMessage, trace: [] });
    expect(failureCause({ Error: name, Cause })).toEqual({ name, evidence });
  });

  it("keeps the words of an error that is none of ours", () => {
    const Cause = JSON.stringify({ errorType: "TypeError", errorMessage: "x is not a function" });
    expect(failureCause({ Error: "TypeError", Cause })).toEqual({
      name: "WorkflowFailed",
      evidence: { error: "TypeError", cause: "x is not a function" },
    });
    expect(failureCause({ Error: "States.Timeout" })).toEqual({
      name: "WorkflowFailed",
      evidence: { error: "States.Timeout", cause: "no cause was given" },
    });
  });

  it("keeps a sentence that does not fit its name as words, cut to what a person reads", () => {
    const stored = failureCause({ Error: "LoginRefused", Cause: "x".repeat(9_000) });
    expect(stored).toEqual({
      name: "WorkflowFailed",
      evidence: { error: "LoginRefused", cause: "x".repeat(500) },
    });
  });

  it("takes reasons of several lines as they are", () => {
    const { message } = new MailferryError("DomainUnusable", { domain: "a.b", reason: "one\ntwo (three)" });
    const Cause = JSON.stringify({ errorType: "DomainUnusable", errorMessage: message });
    expect(failureCause({ Error: "DomainUnusable", Cause }).evidence).toEqual({
      domain: "a.b",
      reason: "one\ntwo (three)",
    });
  });
});
