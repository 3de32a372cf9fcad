// How the stages do: lag, rates, batches, where the time goes, routes, dead letters.
import { get, text } from './api.js';
import { growth, histogram, isEmpty, rates, seconds, sums, take } from './measured.js';
import { clear, el, line, lineLegend, node, number, percent, plot, table, words } from './plots.js';

const KEPT_MS = 600000;
const COLOURS = ['--prediction', '--reference', '--mark', '--faint', '--text'];
const past = []; // { at, lags: by group, rates: by stage }
let now = null;

export async function refresh() {
  const [{ body }, measured] = await Promise.all([get('/lags'), text('/stages')]);
  const at = Date.now();
  take(measured, at);
  now = body;
  const lags = new Map();
  for (const { group, records } of body.lags) lags.set(group, (lags.get(group) ?? 0) + records);
  past.push({ at, lags, rates: rates('ionic_stage_records_total', 'stage') });
  while (past[0].at < at - KEPT_MS) past.shift();
  draw();
}

export function draw() {
  if (!now) return;
  clear('operations-plots');
  overTime('Records that wait, by consumer group', 'records', 'lags');
  if (!isEmpty()) overTime('Records read and answered', 'records/s', 'rates');
  el('operations-state').textContent = now.complaint ||
    (isEmpty() ? 'No rates, batches and latencies: the page of dashboard has them with --metrics=http://STAGE:PORT/metrics, one for each stage.' : '');
  table('lags', ['group', 'topic', 'records that wait'], now.lags.map(lag => [lag.group, lag.topic, String(lag.records)]));
  if (!isEmpty()) {
    stages();
    times();
    routes();
  }
  table('letters', ['when', 'stage', 'record', 'bytes', 'reason'], now.letters.toReversed().map(letter =>
    [letter.at.slice(0, 19).replace('T', ' '), letter.stage, letter.origin, String(letter.bytes), letter.reason]));
  el('letters-none').hidden = now.letters.length > 0;
  el('letters').hidden = !now.letters.length;
}

function overTime(title, unit, what) {
  const names = [...new Set(past.flatMap(moment => [...moment[what].keys()]))].sort();
  if (!names.length) return;
  const target = 'operations-plots';
  el(target).append(node('h2', title), lineLegend(names.map((name, i) => [name, COLOURS[i % COLOURS.length]])));
  plot(target, unit, 160, names.map((_, i) => line(COLOURS[i % COLOURS.length], 1.6)),
    [past.map(moment => moment.at / 1000), ...names.map(name => past.map(moment => moment[what].get(name) ?? null))], { time: true });
}

const ms = value => `${number(1000 * value)} ms`;

function stages() {
  const failed = sums('ionic_txn_aborts_total', 'stage');
  table('stages', ['stage', 'records/s', 'batch: median', '99 %', 'answering: median', '99 %', 'commit: median', '99 %', 'read again'],
    [...sums('ionic_stage_records_total', 'stage')].sort().map(([stage, read]) => {
      const [batch, answer, commit] = ['ionic_stage_batch_size', 'ionic_stage_answer_seconds', 'ionic_stage_commit_seconds']
        .map(name => histogram(name, 'stage', stage));
      const pair = (measured, unit) => (measured ? [unit(measured.median), unit(measured.p99)] : ['–', '–']);
      return [stage, seconds() ? number(read / seconds()) : '–', ...pair(batch, value => String(Math.ceil(value))), ...pair(answer, ms), ...pair(commit, ms),
        String(failed.get(stage) ?? 0)];
    }));
}

function times() {
  const rows = (name, label, title) => [...sums(`${name}_count`, label)].sort().map(([which]) => [title(which), histogram(name, label, which)]);
  const all = [
    ...rows('ionic_end_to_end_latency_seconds', 'source', source => `from the topic to a committed answer of the ${source.toLowerCase()}`),
    ...rows('ionic_infer_compute_seconds', 'cell_model', cell => `of it inference and assessment, ${cell}`),
    ...rows('ionic_solver_seconds', 'cell_model', cell => `numerical solution, ${cell}`),
  ];
  table('times', ['what', 'protocols', 'mean', 'median', '99 %'], all.filter(([, measured]) => measured).map(([what, measured]) =>
    [what, String(measured.count), ms(measured.mean), ms(measured.median), ms(measured.p99)]));
}

function routes() {
  const answered = growth('ionic_predictions_total').filter(route => route.grown > 0).sort((a, b) => b.grown - a.grown);
  const all = answered.reduce((sum, route) => sum + route.grown, 0);
  table('routes', ['cell model', 'answered by', 'because', 'outcome', 'share'], answered.map(({ labels, grown }) =>
    [labels.cell_model, labels.source, labels.reason, labels.outcome].map(words).concat(percent(grown / all))));
}
