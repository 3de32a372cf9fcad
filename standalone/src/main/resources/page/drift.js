// What the audits say: errors over time with releases marked, coverage, inputs, where the errors are.
import { value } from './api.js';
import { errorMap } from './errormap.js';
import { canvas, clear, clock, colour, el, frame, hidden, line, node, number, plot, table, words } from './plots.js';

const NEWEST = 300; // audits

export function draw(chronicle, cell) {
  const windows = chronicle.windows.filter(report => report.cellModel === cell.id).sort((a, b) => a.lastAuditAtMs - b.lastAuditAtMs);
  const audits = chronicle.audits.filter(audit => audit.cellModel === cell.id);
  clear('drift-plots');
  if (!windows.length) {
    el('drift-state').textContent = 'No window of audits is closed yet. Protocols that the reference solves too make one; give them some seconds.';
    return;
  }
  const last = windows.at(-1);
  el('drift-state').textContent = `${last.modelId}, window ${last.window} of ${last.audits} audits at ${clock(last.lastAuditAtMs)}: ` +
    `${words(last.state)}${last.cause ? `, ${last.cause}` : ''}`;
  const times = windows.map(report => report.lastAuditAtMs / 1000);
  const marks = chronicle.releases.filter(release => release.cellModel === cell.id).map(release => release.releasedAtMs / 1000);
  const positive = values => values.map(v => (v > 0 ? v : null));
  const options = { time: true, marks };
  const title = text => el('drift-plots').append(node('h2', text));
  title('Relative L2 of audits: median, nine tenths below the shade, dashed as at release');
  plot('drift-plots', 'relative L2', 210,
    [hidden, line('--prediction'), line('--faint', 1.2, [4, 4])],
    [times, positive(windows.map(r => r.p90RelativeL2)), positive(windows.map(r => r.medianRelativeL2)), positive(windows.map(r => r.expectedRelativeL2))],
    { ...options, log: true, bands: [{ series: [1, 2], fill: `${colour('--prediction')}40` }] });
  title('Error of APD90: median, nine tenths below the shade');
  plot('drift-plots', 'error (ms)', 160, [hidden, line('--reference')],
    [times, windows.map(r => value(r.p90Apd90ErrorMs) ?? null), windows.map(r => value(r.medianApd90ErrorMs) ?? null)],
    { ...options, bands: [{ series: [1, 2], fill: `${colour('--reference')}40` }] });
  title('Share that the bands cover, wanted 0.9 (dashed); share left to the reference (orange)');
  plot('drift-plots', 'share', 160, [line('--prediction'), line('--faint', 1.2, [4, 4]), line('--reference')],
    [times, windows.map(r => value(r.coverage) ?? null), windows.map(() => 0.9), windows.map(r => r.routedShare)], options);
  table('inputs', ['feature', 'stability index'],
    Object.entries(last.inputDrift).map(([name, index]) => [words(name), number(index, 2)]));
  const serving = chronicle.releases.findLast(release => release.modelId === last.modelId);
  histograms(serving?.inputs ?? [], audits.filter(audit => audit.modelId === last.modelId).slice(-NEWEST));
  errorMap(audits);
  boxes(audits, cell);
}

const binOf = (feature, edges) => edges.filter(edge => feature > edge).length;

// Shares of the newest audits by feature, in the bins that came with the model, over those of its own protocols.
function histograms(inputs, audits) {
  const { context, width, height } = canvas('inputs-bins');
  const known = inputs.filter(input => audits.some(audit => audit.inputs[input.feature] !== undefined));
  const each = width / Math.max(1, known.length);
  context.fillStyle = colour('--faint');
  if (!known.length) context.fillText('not known: no audit of this model since this server began, or a model without histograms', 4, 30);
  known.forEach((input, i) => {
    const seen = audits.map(audit => audit.inputs[input.feature]).filter(feature => feature !== undefined);
    const shares = input.shares.map((_, bin) => seen.filter(feature => binOf(feature, input.edges) === bin).length / seen.length);
    const most = Math.max(...shares, ...input.shares);
    const bar = (each - 16) / shares.length;
    const column = (share, bin, inset, fill) => {
      const tall = share / most * (height - 40);
      context.fillStyle = fill;
      context.fillRect(i * each + bin * bar + inset, height - 22 - tall, bar - 2 * inset, tall);
    };
    input.shares.forEach((share, bin) => column(share, bin, 0.5, colour('--line')));
    shares.forEach((share, bin) => column(share, bin, bar * 0.28, colour('--prediction')));
    context.fillStyle = colour('--faint');
    context.fillText(words(input.feature), i * each, height - 6);
  });
}

const quantile = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];

function boxes(audits, cell) {
  const { context, width, height } = canvas('by-variable');
  const [left, bottom] = [56, 96];
  frame(context, width, height, left, bottom);
  const newest = audits.slice(-NEWEST);
  if (!newest.length) {
    context.fillText('no audited prediction since this server began', left + 12, 30);
    return;
  }
  const y = error => 12 + (0 - Math.log10(Math.max(error, 1e-4))) / 4 * (height - bottom - 16);
  for (const power of [0, -1, -2, -3, -4]) {
    context.fillStyle = colour('--faint');
    context.fillText(`${10 ** (power + 2)} %`, 4, y(10 ** power) + 4);
  }
  const step = (width - left - 16) / cell.variables.length;
  cell.variables.forEach((variable, i) => {
    const errors = newest.map(audit => audit.variables[variable.name]).filter(e => e !== undefined).sort((a, b) => a - b);
    if (!errors.length) return;
    const x = left + 8 + step * (i + 0.5);
    const half = Math.min(12, step * 0.35);
    context.strokeStyle = colour('--text');
    context.beginPath();
    context.moveTo(x, y(quantile(errors, 0.05)));
    context.lineTo(x, y(quantile(errors, 0.95)));
    context.stroke();
    context.fillStyle = colour('--prediction');
    const [top, low] = [y(quantile(errors, 0.75)), y(quantile(errors, 0.25))];
    context.fillRect(x - half, top, 2 * half, Math.max(1, low - top));
    context.fillStyle = colour('--back');
    context.fillRect(x - half, y(quantile(errors, 0.5)) - 1, 2 * half, 2);
    context.save();
    context.translate(x + 4, height - bottom + 6);
    context.rotate(-Math.PI / 2);
    context.textAlign = 'right';
    context.fillStyle = colour('--faint');
    context.fillText(variable.name, 0, 0);
    context.restore();
  });
}
