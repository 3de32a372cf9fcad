// What the stages measure: Prometheus' text format, read over the last minute.
const SERIES = /^(ionic_\w+)\{(.*)\} (\S+)$/;
const LABEL = /(\w+)="([^"]*)"/g;
const WINDOW_MS = 60000;
const samples = []; // { at, values: by series }, the oldest first

export function take(text, at) {
  const values = new Map();
  for (const line of text.split('\n')) {
    const [, name, labels, value] = line.match(SERIES) ?? [];
    const key = `${name}{${labels}}`;
    if (name) values.set(key, (values.get(key) ?? 0) + Number(value)); // instances of a stage have the same series
  }
  samples.push({ at, values });
  while (samples.length > 2 && samples[1].at <= at - WINDOW_MS) samples.shift();
}

export const isEmpty = () => !samples.at(-1)?.values.size;
export const seconds = () => (samples.at(-1).at - samples[0].at) / 1000;

// Growth of each series of a name since a sample; a process that was started anew counts from zero.
export function growth(name, since = samples[0]) {
  return [...samples.at(-1).values].filter(([key]) => key.startsWith(`${name}{`)).map(([key, value]) => {
    const before = since.values.get(key) ?? 0;
    const labels = Object.fromEntries([...key.matchAll(LABEL)].map(([, label, text]) => [label, text]));
    return { labels, grown: value < before ? value : value - before };
  });
}

export function sums(name, label, since) {
  const byLabel = new Map();
  for (const { labels, grown } of growth(name, since)) byLabel.set(labels[label], (byLabel.get(labels[label]) ?? 0) + grown);
  return byLabel;
}

// A second, by label, between the last two samples.
export function rates(name, label) {
  const before = samples.at(-2);
  if (!before) return new Map();
  const span = (samples.at(-1).at - before.at) / 1000;
  return new Map([...sums(name, label, before)].map(([key, grown]) => [key, grown / span]));
}

// Quantiles are interpolated between the bounds of the histogram; null if nothing was measured.
export function histogram(name, label, wanted) {
  const total = part => sums(`${name}_${part}`, label).get(wanted) ?? 0;
  const count = total('count');
  if (!count) return null;
  const byBound = new Map();
  for (const { labels, grown } of growth(`${name}_bucket`)) {
    if (labels[label] !== wanted) continue;
    const bound = labels.le === '+Inf' ? Infinity : Number(labels.le);
    byBound.set(bound, (byBound.get(bound) ?? 0) + grown);
  }
  const bounds = [...byBound].sort(([a], [b]) => a - b);
  const quantile = share => {
    let [below, counted] = [0, 0];
    for (const [bound, upTo] of bounds) {
      if (upTo >= share * count) return bound === Infinity ? below : below + (bound - below) * (share * count - counted) / (upTo - counted);
      [below, counted] = [bound, upTo];
    }
    return below;
  };
  return { count, mean: total('sum') / count, median: quantile(0.5), p99: quantile(0.99) };
}
