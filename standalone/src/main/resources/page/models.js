// Champions, the last training, decisions, and orders.
import { post, result, session, value } from './api.js';
import { clear, clock, dots, el, line, node, number, plot, table, words } from './plots.js';

const LONGEST_WAIT_MS = 600000;

export function draw(chronicle, cell) {
  const releases = chronicle.releases.filter(release => release.cellModel === cell.id).toReversed();
  const serving = chronicle.champions[cell.id];
  table('releases', ['model', 'released', 'instead of', 'error on recent audits', 'learnt from', ''], releases.map((release, i) => {
    const score = release.scores[0];
    const promote = node('td');
    if (release.modelId !== serving) {
      const button = node('button', 'Promote');
      button.onclick = () => order(cell, 'PROMOTE', { modelId: release.modelId });
      promote.append(button);
    } else if (i === 0) {
      promote.textContent = 'serving';
    }
    const model = node('td', release.modelId, { title: `SHA-256 ${release.sha256}\nparent ${release.parentModelId || 'none'}\n${release.recipe}` });
    return [model, clock(release.releasedAtMs), release.replacedModelId || '–',
      score ? `${number(score.meanRelativeL2)} (${score.heldOutSet})` : '–',
      release.replayedReferences ? `${release.replayedReferences} references, ${release.baseProtocols} of the paper's protocols` : 'bundled', promote];
  }));
  card(releases.find(release => release.modelId === serving));
  test(cell, serving);
  training(chronicle.reports.filter(report => report.cellModel === cell.id));
}

function card(release) {
  el('card').textContent = release ? [`model ${release.modelId}`, `SHA-256 ${release.sha256}`, `parent ${release.parentModelId || 'none'}`,
    `recipe ${JSON.stringify(JSON.parse(release.recipe), null, 2)}`].join('\n') : 'no model yet';
}

// Relative L2 in percent, in the paper's metric on its test set; nothing is chosen by it.
function test(cell, serving) {
  const tested = session.tested.find(test => test.modelId === serving) ?? session.tested.find(test => test.cellModel === cell.id);
  const paper = session.published[cell.id] ?? [];
  const hundredth = error => (error === undefined || error === null ? '–' : (100 * error).toFixed(2));
  el('tested-state').textContent = !tested ? 'No test is known of this cell model.' :
    `${tested.modelId}, ${tested.protocols} protocols; relative L2 in percent, mean, standardised as in the paper, on its grid` +
    (tested.modelId === serving ? '' : ', tested; the champion has not been: evaluate --model=FILE tests a file');
  table('tested', ['', 'protocols', 'this model', ...paper.map(network => `paper: ${network.network}`)], (tested?.rows ?? []).map(row => [row.name, String(row.protocols),
    hundredth(row.relativeL2), ...paper.map(network => hundredth(
      row.kind === 'ALL' ? network.relativeL2 : (row.kind === 'SUBSET' ? network.relativeL2BySubset : network.relativeL2ByVariable)[row.name]))]));
}

function training(reports) {
  const steps = reports.filter(report => report.phase === 'TRAINING' && report.step > 0);
  clear('training-plots');
  const last = steps.at(-1);
  if (!last) {
    el('training-state').textContent = 'None yet. Drift begins one, or an order does.';
  } else {
    const run = steps.filter(report => report.runId === last.runId);
    const left = value(last.secondsLeft);
    el('training-state').textContent = `step ${last.step} of ${last.totalSteps}, loss ${number(value(last.loss))}, validation ` +
      `${number(value(last.validationRelativeL2))}${last.step < last.totalSteps ? `, about ${Math.round(left)} s left` : ''}`;
    const one = run.length === 1; // no line goes through one point
    plot('training-plots', 'loss, validation error', 200, one ? [dots('--prediction'), dots('--reference')] : [line('--prediction'), line('--reference', 1.6, [6, 4])],
      [run.map(r => r.step), run.map(r => value(r.loss) ?? null), run.map(r => value(r.validationRelativeL2) ?? null)], { log: true });
  }
  const said = reports.filter(report => report.phase !== 'TRAINING' || report.detail).slice(-40).toReversed();
  table('decisions', ['when', 'what', 'why'], said.map(report => [clock(report.atMs), words(report.phase), report.detail]));
}

export async function order(cell, kind, more = {}) {
  const { ok, body } = await post('/commands', { cellModel: cell.id, kind, why: 'from the page', ...more });
  if (!ok) {
    el('ordered').textContent = body.error;
    return;
  }
  const until = Date.now() + LONGEST_WAIT_MS;
  let last = 'sent';
  while (Date.now() < until) {
    el('ordered').textContent = `${kind.toLowerCase()}: ${last}`;
    await new Promise(done => setTimeout(done, 500));
    const { ok: there, body: answer } = await result(body.commandId);
    if (there) last = `${answer.status.toLowerCase()}${answer.detail ? `, ${answer.detail}` : ''}`;
    if (there && answer.status !== 'ACCEPTED') break;
  }
  el('ordered').textContent = `${kind.toLowerCase()}: ${last}`;
}
