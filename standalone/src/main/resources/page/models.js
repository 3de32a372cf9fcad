// Champions, the last training, decisions, and orders.
import { post, result, value } from './api.js';
import { clear, clock, el, line, node, number, plot, table } from './plots.js';

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
  training(chronicle.reports.filter(report => report.cellModel === cell.id));
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
    plot('training-plots', 'loss, validation error', 200, [line('--prediction'), line('--reference', 1.6, [6, 4])],
      [run.map(r => r.step), run.map(r => value(r.loss) ?? null), run.map(r => value(r.validationRelativeL2) ?? null)], { log: true });
  }
  const said = reports.filter(report => report.phase !== 'TRAINING' || report.detail).slice(-40).toReversed();
  table('decisions', ['when', 'what', 'why'], said.map(report => [clock(report.atMs), report.phase.toLowerCase().replaceAll('_', ' '), report.detail]));
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
