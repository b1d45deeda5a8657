import { config } from "zod";

/*
 * Schemas interpret what they parse. By itself zod compiles each object's schema when it first meets one, which takes longer than
 * all that most functions and commands parse in their life; whoever parses a hundred thousand records gains by it. It holds
 * for schemas that are made later: this stands before everything else.
 */
config({ jitless: true });
