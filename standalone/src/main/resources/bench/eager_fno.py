"""Seconds per training step of the FNO paper's network in PyTorch eager, in the formulation of the authors' library:
complex spectral weights, rfft, einsum, irfft, pointwise layers as 1 x 1 convolutions, AdamW, loss summed over the batch.

Arguments: width modes layers mlp|classic gelu|leaky_relu padding variables samples batch threads rounds steps-per-round
Prints one line per round, the first one a warm-up.
"""

import os
import sys
import time

os.environ["OMP_WAIT_POLICY"] = "PASSIVE"

import torch

width, modes, layers = (int(a) for a in sys.argv[1:4])
mlp = sys.argv[4] == "mlp"
activate = {"gelu": torch.nn.functional.gelu, "leaky_relu": torch.nn.functional.leaky_relu}[sys.argv[5]]
padding, variables, samples, batch, threads, rounds, steps = (int(a) for a in sys.argv[6:13])
hidden = 128
torch.set_num_threads(threads)
torch.manual_seed(1)


class SpectralConvolution(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.weights = torch.nn.Parameter(torch.rand(width, width, modes, dtype=torch.cfloat) / width**2)

    def forward(self, v):
        coefficients = torch.fft.rfft(v)
        mixed = torch.zeros(v.shape[0], width, coefficients.shape[-1], dtype=torch.cfloat)
        mixed[:, :, :modes] = torch.einsum("bix,iox->box", coefficients[:, :, :modes], self.weights)
        return torch.fft.irfft(mixed, n=v.shape[-1])


class Network(torch.nn.Module):
    def __init__(self):
        super().__init__()
        linear, convolution = torch.nn.Linear, torch.nn.Conv1d
        self.lift = torch.nn.ModuleList([linear(2, hidden), linear(hidden, width)])
        self.spectral = torch.nn.ModuleList([SpectralConvolution() for _ in range(layers)])
        self.bypass = torch.nn.ModuleList([convolution(width, width, 1) for _ in range(layers)])
        self.first = torch.nn.ModuleList([convolution(width, width, 1) for _ in range(layers if mlp else 0)])
        self.second = torch.nn.ModuleList([convolution(width, width, 1) for _ in range(layers if mlp else 0)])
        self.project = torch.nn.ModuleList([linear(width, hidden), linear(hidden, variables)])

    def forward(self, currents):
        grid = torch.linspace(0, 1, samples).reshape(1, samples, 1).expand(batch, samples, 1)
        v = self.lift[1](activate(self.lift[0](torch.cat((grid, currents), -1))))
        v = torch.nn.functional.pad(v.permute(0, 2, 1), [0, padding])
        for layer in range(layers):
            convolved = self.spectral[layer](v)
            if mlp:
                convolved = self.second[layer](activate(self.first[layer](convolved)))
            v = self.bypass[layer](v) + convolved
            if layer < layers - 1:
                v = activate(v)
        v = v[..., : v.shape[-1] - padding].permute(0, 2, 1)
        return self.project[1](activate(self.project[0](v)))


network = Network()
optimiser = torch.optim.AdamW(network.parameters(), lr=1e-3, weight_decay=5e-4)
inputs = torch.rand(batch, samples, 1)
targets = torch.randn(batch, samples, variables)
for _ in range(rounds + 1):
    started = time.time()
    for _ in range(steps):
        optimiser.zero_grad()
        errors = torch.linalg.norm(network(inputs) - targets, dim=1) / torch.linalg.norm(targets, dim=1)
        loss = errors.mean(-1).sum()
        loss.backward()
        optimiser.step()
        loss.item()
    print((time.time() - started) / steps, flush=True)
