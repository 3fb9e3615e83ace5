import { execFileSync } from 'node:child_process';

export type Process = { pid: number; parent: number; kilobytes: number; command: string };

/** Every process of this machine. */
export function processes(): Process[] {
  const text = execFileSync('ps', ['-axww', '-o', 'pid=,ppid=,rss=,command='], {
    encoding: 'utf8',
    maxBuffer: 32_000_000,
  });
  return text.split('\n').flatMap((line) => {
    const [, pid, parent, kilobytes, command = ''] = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return pid ? [{ pid: Number(pid), parent: Number(parent), kilobytes: Number(kilobytes), command }] : [];
  });
}

/** The processes that belong to a data folder: whoever names it, and all they started. */
export function processesOf(folder: string, started: readonly number[] = []): Process[] {
  const all = processes().filter(({ pid, command }) => pid !== process.pid && !command.startsWith('ps '));
  const found = new Set(all.filter(({ pid, command }) => started.includes(pid) || command.includes(folder)));
  for (const one of found) for (const each of all) if (each.parent === one.pid) found.add(each);
  return [...found];
}

/** Resident memory in bytes. */
export function memoryOf(pid: number): number {
  return (processes().find((each) => each.pid === pid)?.kilobytes ?? 0) * 1024;
}
