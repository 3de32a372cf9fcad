// Searches of hyperparameters: the errors by trial, and the best with their values.
import { value } from './api.js';
import { clear, dots, el, line, number, plot, table } from './plots.js';

const MOST_ROWS = 12;

export function draw(chronicle, cell) {
  clear('trials-plots');
  const study = chronicle.trials.filter(trial => trial.cellModel === cell.id).at(-1)?.study;
  const results = new Map(chronicle.trialResults.filter(result => result.study === study).map(result => [`${result.number}/${result.rung}`, result]));
  const last = new Map(); // of each trial the rung that it came to
  for (const trial of chronicle.trials) {
    const result = results.get(`${trial.number}/${trial.rung}`);
    if (trial.study === study && result) last.set(trial.number, { ...trial, result, error: value(result.validationRelativeL2) ?? null });
  }
  const tried = [...last.values()].sort((a, b) => a.number - b.number);
  if (!tried.length) {
    el('trials-state').textContent = study ? `Study ${study}: no trial is trained yet.` : 'None. tune and tune order search for better hyperparameters.';
    el('trials').replaceChildren();
    return;
  }
  let best = null;
  const bests = tried.map(trial => (best = trial.error === null ? best : Math.min(best ?? trial.error, trial.error)));
  el('trials-state').textContent = `Study ${study}: ${tried.length} trials trained, lowest validation error ${number(best)}.`;
  plot('trials-plots', 'validation error', 200, [dots('--prediction'), line('--reference', 1.6)],
    [tried.map(trial => trial.number), tried.map(trial => trial.error), bests], { log: true });
  const fields = Object.keys(tried[0].values);
  const ranked = tried.filter(trial => trial.error !== null).sort((a, b) => a.error - b.error).slice(0, MOST_ROWS);
  table('trials', ['trial', 'steps', 'validation error', 'parameters', 's', ...fields.map(field => field.replace(/.*\./, ''))], ranked.map(trial =>
    [trial.number, trial.steps, number(trial.error), trial.result.parameters, Math.round(trial.result.seconds), ...fields.map(field => trial.values[field])].map(String)));
}
