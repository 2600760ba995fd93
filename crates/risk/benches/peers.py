# The same scenario in pyfair and in numpy, one thread, CPU time. Prints "name million-per-second" lines. Run by peers.sh.
import time
import numpy as np


def median_time(work, repeats=5):
    times = []
    for _ in range(repeats):
        before = time.process_time()
        work()
        times.append(time.process_time() - before)
    return sorted(times)[repeats // 2]


YEARS = 1_000_000
rng = np.random.Generator(np.random.SFC64(1))


def pert(low, mode, high, size):
    a, b = 1 + 4 * (mode - low) / (high - low), 1 + 4 * (high - mode) / (high - low)
    return low + (high - low) * rng.beta(a, b, size)


def numpy_product():
    return pert(2, 5, 20, YEARS) * pert(0.05, 0.12, 0.30, YEARS) * pert(1e4, 5e4, 5e5, YEARS)


def numpy_compound():
    counts = rng.poisson(pert(2, 5, 20, YEARS) * pert(0.05, 0.12, 0.30, YEARS))
    losses = pert(1e4, 5e4, 5e5, counts.sum())
    return np.bincount(np.repeat(np.arange(YEARS), counts), weights=losses, minlength=YEARS)


def pyfair_product():
    from pyfair import FairModel

    model = FairModel(name="standard", n_simulations=YEARS, random_seed=1)
    model.input_data("Threat Event Frequency", low=2, mode=5, high=20)
    model.input_data("Vulnerability", low=0.05, mode=0.12, high=0.30)
    model.input_data("Loss Magnitude", low=1e4, mode=5e4, high=5e5)
    model.calculate_all()
    return model.export_results()["Risk"]


for name, work in [("numpy_product", numpy_product), ("numpy_compound", numpy_compound), ("pyfair_product", pyfair_product)]:
    print(name, round(YEARS / median_time(work) / 1e6, 2), flush=True)
