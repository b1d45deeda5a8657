import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, readdirSync, readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";

/** A program and all it forked, ended together. */
export interface ProcessGroup {
  /** True once the first process is gone; the words it left are in its log. */
  ended(): boolean;
  /** Sends the signal to every process of the group. */
  signal(signal: NodeJS.Signals): void;
  /** Asks all to end, kills what is left after `graceMilliseconds`, and returns when nothing lives. */
  end(graceMilliseconds: number): Promise<void>;
}

/**
 * Starts a command as the leader of a process group of its own, its output in `logFile` (emptied first).
 *
 * @throws Error of spawn(2) when the command is not there.
 */
export async function startProcessGroup(command: readonly string[], logFile: string): Promise<ProcessGroup> {
  const [program = "", ...rest] = command;
  const log = openSync(logFile, "w");
  try {
    const child = spawn(program, rest, { stdio: ["ignore", log, log], detached: true });
    const leader = await leaderOf(child);
    child.unref();
    return groupOf(child, leader);
  } finally {
    closeSync(log);
  }
}

async function leaderOf(child: ChildProcess): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    child.once("spawn", resolve);
    child.once("error", reject);
  });
  if (child.pid === undefined) throw new Error("A spawned process has no id.");
  return child.pid;
}

function groupOf(child: ChildProcess, leader: number): ProcessGroup {
  const ended = (): boolean => child.exitCode !== null || child.signalCode !== null;
  // Once it is over the number may be given to somebody else's group.
  let over = false;
  const signal = (name: NodeJS.Signals): void => {
    if (!over) sendTo(leader, name);
  };
  return {
    ended,
    signal,
    async end(graceMilliseconds) {
      if (over) return;
      // To all at once, and the leader is not waited for: Dovecot's master may sleep a whole second with nothing left to do.
      signal("SIGTERM");
      await isLeftWith((members) => members.every((id) => id === leader), leader, graceMilliseconds);
      signal("SIGKILL");
      const gone = await isLeftWith((members) => members.length === 0, leader, 5_000);
      if (!gone) throw new Error(`Process group ${leader} survived SIGKILL.`);
      over = true;
    },
  };
}

function sendTo(group: number, name: NodeJS.Signals): void {
  try {
    process.kill(-group, name);
  } catch (error) {
    const nobodyThere = error instanceof Error && "code" in error && error.code === "ESRCH";
    if (!nobodyThere) throw error;
  }
}

async function isLeftWith(
  wanted: (members: readonly number[]) => boolean,
  group: number,
  milliseconds: number,
): Promise<boolean> {
  const deadline = performance.now() + milliseconds;
  while (!wanted(livingMembers(group))) {
    if (performance.now() > deadline) return false;
    await pause(5);
  }
  return true;
}

/**
 * Asks /proc rather than `kill(-group, 0)`: in a container whose first process collects no orphans, dead members
 * stay as zombies for ever and would look alive. Fields of /proc/PID/stat: proc(5).
 */
function livingMembers(group: number): readonly number[] {
  const ids = readdirSync("/proc").filter((entry) => /^\d+$/.test(entry));
  return ids.map(Number).filter((id) => {
    const [state = "X", , processGroup] = statusOf(id);
    return processGroup === String(group) && !"ZX".includes(state);
  });
}

/** State, parent and process group of a process; nothing when it ended while we looked. */
function statusOf(id: number): readonly string[] {
  try {
    const text = readFileSync(`/proc/${id}/stat`, "utf8");
    return text.slice(text.lastIndexOf(")") + 2).split(" ");
  } catch {
    return [];
  }
}
