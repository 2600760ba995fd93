# An independent computation of the numbers in tests/closed_forms.rs: Gauss-Jacobi quadrature for the count, then a plain
# untilted FFT on one very fine grid, at two steps and extrapolated to none. Run with numpy 2.4 and scipy 1.17.
import numpy as np
from scipy.special import roots_jacobi, gammaln
from scipy.stats import beta, lognorm, norm


def pert(low, mode, high):
    return 1 + 4 * (mode - low) / (high - low), 1 + 4 * (high - mode) / (high - low)


def nodes(low, mode, high, n=60):
    a, b = pert(low, mode, high)
    x, w = roots_jacobi(n, b - 1, a - 1)
    return low + (high - low) * (x + 1) / 2, w / w.sum()


def quantiles(chances, cdf, step, size, wanted):
    grid = (np.arange(size) + 0.5) * step
    mass = np.diff(np.concatenate([[0.0], cdf(grid)]))
    transform = np.fft.rfft(mass)
    year = np.zeros_like(transform)
    for chance in chances[::-1]:
        year = year * transform + chance
    below = np.cumsum(np.fft.irfft(year, size))
    return np.array([np.interp(p, below, grid) for p in wanted])


wanted = [0.5, 0.75, 0.9, 0.95, 0.99, 0.999]
t, wt = nodes(2, 5, 20)
v, wv = nodes(0.05, 0.12, 0.30)
rate, weight = np.outer(t, v).ravel(), np.outer(wt, wv).ravel()
n = np.arange(60)
chances = (weight * np.exp(-rate + n[:, None] * np.log(rate) - gammaln(n[:, None] + 1))).sum(axis=1)
a, b = pert(1e4, 5e4, 5e5)
cdf = lambda x: beta.cdf(x, a, b, loc=1e4, scale=4.9e5)
coarse, fine = (quantiles(chances, cdf, 8e6 / size, size, wanted) for size in (2**19, 2**20))
print("standard: none", repr(chances[0]), dict(zip(wanted, (4 * fine - coarse) / 3)))

z = norm.ppf(0.95)
mu, sigma = (np.log(1e5) + np.log(1e6)) / 2, np.log(10) / (2 * z)
chances = np.exp(-0.1 + n * np.log(0.1) - gammaln(n + 1))
cdf = lambda x: lognorm.cdf(x, sigma, scale=np.exp(mu))
wanted = [0.91, 0.95, 0.99, 0.999]
coarse, fine = (quantiles(chances, cdf, 6e7 / size, size, wanted) for size in (2**20, 2**21))
print("lognormal:", dict(zip(wanted, (4 * fine - coarse) / 3)))
