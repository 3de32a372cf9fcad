"""Makes a model file with PyTorch and onnx that Ionstream checks and serves. Needs python3-torch and python3-onnx.

usage: make_model.py OUT.onnx [MODEL_ID]

The network here is small and untrained, but for its mean, the resting state: train it on references of the stream, or put
any other in its place. What the file must have is in the documentation of ModelCard.
"""
import json
import sys

import onnx
import torch

out = sys.argv[1]
model_id = sys.argv[2] if len(sys.argv) > 2 else "from-pytorch"
samples, variables = 200, ["V", "w"]  # FitzHugh-Nagumo 1961 over 100 ms


class Surrogate(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.inside = torch.nn.Linear(samples, 32)
        self.outside = torch.nn.Linear(32, len(variables) * samples)
        torch.nn.init.normal_(self.outside.weight, std=1e-3)
        torch.nn.init.zeros_(self.outside.bias)

    def forward(self, current):
        hidden = torch.nn.functional.gelu(self.inside(current))
        return self.outside(hidden).reshape(-1, len(variables), samples)


torch.manual_seed(1)
torch.onnx.export(
    Surrogate().eval(), torch.zeros(1, samples), out, opset_version=17,
    input_names=["current"], output_names=["trajectory"],
    dynamic_axes={"current": {0: "batch"}, "trajectory": {0: "batch"}})

model = onnx.load(out)
card = {
    "modelId": model_id, "cellModel": "fitzhugh-nagumo-1961", "variables": variables, "units": ["1", "1"],
    "stimulusUnit": "1/ms", "stepMs": 100 / samples, "samples": samples, "expectedRelativeL2": 1.0,
    "recipe": "make_model.py", "provenance": "{}"}
onnx.helper.set_model_props(model, {"ionstream.card": json.dumps(card)})
onnx.checker.check_model(model, full_check=True)
onnx.save(model, out)
print("wrote", out, len(model.graph.node), "nodes")
