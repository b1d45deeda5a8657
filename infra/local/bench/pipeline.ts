import { comparison } from "./comparison.ts";
import { mailboxCorpus, ordinaryMail } from "./corpus.ts";
import { type Course, pipelineCourses } from "./courses.ts";
import { median, seconds, speed } from "./figures.ts";
import { imapsync } from "./imapsync.ts";
import { inTurns } from "./in-turns.ts";
import { mbsync } from "./mbsync.ts";
import { requireCounts, requireSameMail } from "./same-mail.ts";
import { type ServerPair, startServerPair } from "./server-pair.ts";
import { timePipeline } from "./time-pipeline.ts";

/** The whole pipeline, from the sheet to the report, in turns with peers that only copy. */
export const benchPipeline = async (print: (line: string) => void): Promise<void> => {
  for (const course of pipelineCourses) {
    const servers = await startServerPair(course.mailboxes, (user) =>
      mailboxCorpus(user, course, ordinaryMail),
    );
    try {
      await runCourse(course, servers, print);
    } finally {
      await servers.stop();
    }
  }
};

const runCourse = async (course: Course, servers: ServerPair, print: (line: string) => void) => {
  const { users, directory } = servers;
  const { ours, theirs } = await inTurns(
    course,
    servers,
    [mbsync, imapsync],
    async ({ source, target, targetServer }, round) => {
      const { masterUser } = targetServer;
      const run = await timePipeline(source, { ...target, masterUser }, users, directory);
      await requireCounts(targetServer, users, course);
      if (round === 0) await requireSameMail(servers.source, targetServer, users);
      return run;
    },
  );
  const own = median(ours.map(({ seconds }) => seconds));
  const writes = median(ours.map(({ writesPerThousand }) => writesPerThousand));
  const withBoot = median(ours.map(({ secondsWithBoot }) => secondsWithBoot));
  print(`${course.name.padEnd(38)}  ${speed(own, course.mailboxes * course.messages)}`);
  print(`  with boot and loading before it       ${seconds(withBoot)}`);
  // Set for mail in one folder: each further one has records of its own.
  const toReach = course.folders === undefined ? "   (to reach: 12)" : "";
  print(`  DynamoDB writes for 1,000 messages    ${writes.toFixed(1)}${toReach}`);
  for (const runs of theirs) print(comparison(course, own, runs, course.toReach[runs.peer]));
};
