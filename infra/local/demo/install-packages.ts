import type { Machine } from "./machine.ts";
import type { RealProgram } from "./real-programs.ts";

/**
 * Installs Debian packages without letting them start their services, now or at the next boot.
 * The package lists are fetched only when the installation fails without them: absent in a fresh container, or out of date.
 *
 * @returns what apt wrote last, for the message when a program is missing all the same.
 */
export async function installPackages(programs: readonly RealProgram[], machine: Machine): Promise<string> {
  const packages = programs.map(({ debianPackage }) => debianPackage);
  const words = await withoutServiceStarts(machine, async () => {
    const first = await machine.run([...install, ...packages]);
    if (first.succeeded) return first.output;
    const update = await machine.run([...apt, "update"]);
    const second = await machine.run([...install, ...packages]);
    return second.succeeded ? second.output : `${update.output}${second.output}`;
  });
  for (const { services } of programs) for (const service of services) await keepDown(service, machine);
  return words.slice(-2_000);
}

// Another installation may be under way on the machine: wait for its lock for two minutes.
const apt = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-o", "DPkg::Lock::Timeout=120"];
const install = [...apt, "install", "-y", "--no-install-recommends"];

/**
 * Debian's packages ask /usr/sbin/policy-rc.d before they start a service; 101 forbids it
 * (Debian Policy §9.3.3, invoke-rc.d(8)). Where the machine's owner has such a file, it stands.
 */
async function withoutServiceStarts(machine: Machine, work: () => Promise<string>): Promise<string> {
  const policy = "/usr/sbin/policy-rc.d";
  const ours = await machine.createProgram(policy, "#!/bin/sh\nexit 101\n");
  try {
    return await work();
  } finally {
    if (ours) await machine.removeFile(policy);
  }
}

/** For an owner's policy that allows starts, and for systemd, which would start a freshly enabled unit at the next boot. */
async function keepDown(service: string, machine: Machine): Promise<void> {
  const systemd = machine.hasFile("/run/systemd/system");
  // Failing is the usual case here: the service was never started.
  await machine.run(systemd ? ["systemctl", "disable", "--now", service] : ["service", service, "stop"]);
}
