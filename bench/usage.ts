import { readdirSync, readFileSync } from 'node:fs';

/** What a process and all below it have used; null where the system does not tell it in /proc. */
export type Usage = { residentBytes: number; cpuMs: number };

const PAGE_BYTES = 4096;
const TICK_MS = 10;
const SAMPLE_MS = 50;

type Stat = { parent: number; cpuMs: number; deadChildrenMs: number; residentBytes: number };

/** Adds up a process and its descendants; of those that ended, the time is known once their parent has taken note. */
export function usageOf(pid: number): Usage | null {
  const all = new Map<number, Stat>();
  try {
    for (const name of readdirSync('/proc')) {
      const stat = /^\d+$/.test(name) ? readStat(Number(name)) : null;
      if (stat) all.set(Number(name), stat);
    }
  } catch {
    return null;
  }
  if (!all.has(pid)) return null;
  const total = { residentBytes: 0, cpuMs: 0 };
  for (const [id, stat] of all) {
    if (!descends(all, id, pid)) continue;
    total.residentBytes += stat.residentBytes;
    total.cpuMs += stat.cpuMs + stat.deadChildrenMs;
  }
  return total;
}

/** Watches a process tree until `stop`, which returns its peak memory and its time, or null. */
export function watchUsage(pid: number): { stop: () => { peakBytes: number; cpuMs: number } | null } {
  let seen: { peakBytes: number; cpuMs: number } | null = null;
  const look = () => {
    const now = usageOf(pid);
    if (!now) return;
    seen = {
      peakBytes: Math.max(seen?.peakBytes ?? 0, now.residentBytes),
      cpuMs: Math.max(seen?.cpuMs ?? 0, now.cpuMs),
    };
  };
  look();
  const timer = setInterval(look, SAMPLE_MS);
  return {
    stop: () => {
      clearInterval(timer);
      return seen;
    },
  };
}

function descends(all: ReadonlyMap<number, Stat>, id: number, ancestor: number): boolean {
  for (let at = id, steps = 0; at > 1 && steps < 64; steps++) {
    if (at === ancestor) return true;
    at = all.get(at)?.parent ?? 0;
  }
  return false;
}

function readStat(pid: number): Stat | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const at = (field: number) => fields[field - 3] ?? 0; // numbered as in proc(5)
    return {
      parent: at(4),
      cpuMs: (at(14) + at(15)) * TICK_MS,
      deadChildrenMs: (at(16) + at(17)) * TICK_MS,
      residentBytes: at(24) * PAGE_BYTES,
    };
  } catch {
    return null; // it ended meanwhile
  }
}
