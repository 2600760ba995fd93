# Asks the program for scenarios that no test of ours knows, and compares it with SciPy: moments, the share of years without
# loss and quantiles, each derived here in another way (closed forms, quadrature over the uncertain rate, and counts of
# which the distribution is known). Run with scipy 1.17:
#
#     python3 crates/risk/tests/outside.py target/release/alongside
#
# It prints one line a figure that disagrees, how many were compared, and the largest relative difference.
import json
import math
import subprocess
import sys
import tempfile

import numpy as np
from scipy import integrate, optimize, stats

PROGRAM = sys.argv[1]
compared, wrong, largest = 0, 0, 0.0


def toml(frequency, primary, secondary="", rest="", name="A"):
    return f"""name = "{name}"
currency = "EUR"
[frequency]
{frequency}
[loss.primary]
{primary}
{secondary}
{rest}
"""


def ask(*scenarios, together=None):
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for number, text in enumerate(scenarios):
            files.append(f"{folder}/{number}.toml")
            open(files[-1], "w").write(text)
        more = []
        if together:
            open(f"{folder}/together", "w").write(together)
            more = ["--together", f"{folder}/together"]
        run = subprocess.run([PROGRAM, "quantify", *files, *more, "--format", "json"], capture_output=True, text=True)
        if run.returncode not in (0, 1) or not run.stdout:
            raise SystemExit(f"the program said: {run.stderr}\n{scenarios}")
        return json.loads(run.stdout)


def same(what, given, wanted, within):
    """Compares, relative to the wanted value (absolute below 1e-9)."""
    global compared, wrong, largest
    compared += 1
    off = abs(given - wanted) / abs(wanted) if abs(wanted) > 1e-9 else abs(given - wanted)
    if not off <= within:
        wrong += 1
        print(f"differs: {what}: program {given!r}, here {wanted!r}, {off:.2e} apart, allowed {within:.0e}")
    else:
        largest = max(largest, off / within)


def pert(low, mode, high, gamma=4.0):
    a, b = 1 + gamma * (mode - low) / (high - low), 1 + gamma * (high - mode) / (high - low)
    return stats.beta(a, b, loc=low, scale=high - low)


def lognormal(low, high):
    z = stats.norm.ppf(0.95)
    mu, sigma = (math.log(low) + math.log(high)) / 2, (math.log(high) - math.log(low)) / (2 * z)
    return stats.lognorm(sigma, scale=math.exp(mu))


def fitted(family, start, low, high):
    """The member of a family of two parameters whose 5 % and 95 % quantiles are these."""
    apart = lambda x: [family(*x).ppf(0.05) / low - 1, family(*x).ppf(0.95) / high - 1]
    found = optimize.root(apart, start, tol=1e-13)
    assert max(map(abs, found.fun)) < 1e-10, (low, high, found)
    return family(*found.x)


def normal(low, high):
    """A normal given that it is above zero."""
    sd = (high - low) / 2 / stats.norm.ppf(0.95)
    return fitted(lambda m, s: stats.truncnorm(-m / s, np.inf, loc=m, scale=s), [(low + high) / 2, sd], low, high)


def share(low, high):
    """A beta, sought in the logarithms of its parameters."""
    mean, sd = (low + high) / 2, (high - low) / 3.3
    weight = mean * (1 - mean) / sd**2
    return fitted(lambda a, b: stats.beta(math.exp(a), math.exp(b)), [math.log(mean * weight), math.log((1 - mean) * weight)], low, high)


def moments(d):
    return d.mean(), d.var()


def product(*parts):
    """Mean and variance of independent factors multiplied."""
    mean = math.prod(m for m, _ in parts)
    square = math.prod(m * m + v for m, v in parts)
    return mean, square - mean * mean


def total(*parts):
    return sum(m for m, _ in parts), sum(v for _, v in parts)


def compound(rate, loss, counts=None):
    """Mean and variance of a year: the rate is drawn once a year, the loss for each event."""
    (r, rv), (x, xv) = rate, loss
    count_mean, count_var = r, r + rv
    if counts and counts[0] == "nb":
        count_var = r + rv + (rv + r * r) / counts[1]
    if counts and counts[0] == "quiet":
        q = counts[1]
        count_mean = (1 - q) * r
        count_var = (1 - q) * (r + rv + r * r) - count_mean**2
    if counts and counts[0] == "one":
        count_var = r * (1 - r)
    return count_mean * x, count_mean * xv + count_var * x * x


def check(name, answer, mean_var, none=None, within=1e-6, none_within=1e-6):
    result = answer["result"]
    same(f"{name}: mean", result["mean"], mean_var[0], within)
    same(f"{name}: standard deviation", result["standard_deviation"], math.sqrt(mean_var[1]), within * 10)
    if none is not None:
        same(f"{name}: years without loss", result["chance_of_no_loss"], none, none_within)
    simulated = answer["simulated"]
    if simulated and mean_var[1] > 0:
        apart = abs(simulated["mean"] - mean_var[0]) / math.sqrt(mean_var[1] / 200_000)
        if apart > 5:
            print(f"differs: {name}: the simulated mean lies {apart:.1f} standard errors away")


def lattice(name, answer, distribution, size, shift=0.0):
    """Quantiles of `size` times a whole number of which the distribution is known."""
    for key, p in [("once_in_2_years", 0.5), ("once_in_10_years", 0.9), ("once_in_20_years", 0.95), ("once_in_100_years", 0.99), ("once_in_1000_years", 0.999)]:
        same(f"{name}: {key}", answer["result"][key], size * distribution.ppf(p) + shift, 2e-3)


const = lambda v: (v, 0.0)
EVENTS = "loss_events = {{ {}, unit = \"per year\" }}"
RESPONSE = "response = {{ {}, unit = \"EUR\" }}"

# Constant loss, constant rate: Poisson, from very rare to very frequent.
for rate in [1e-6, 1e-3, 0.05, 0.7, 3, 25, 400, 10_000]:
    a = ask(toml(EVENTS.format(f"constant = {rate}"), RESPONSE.format("constant = 1000")))
    check(f"Poisson {rate}", a, compound(const(rate), const(1000.0)), math.exp(-rate) if rate < 500 else None)
    lattice(f"Poisson {rate}", a, stats.poisson(rate), 1000.0)

# A 90 % interval of a share.
for low, high in [(0.05, 0.3), (0.01, 0.02), (0.2, 0.9), (0.7, 0.99), (0.001, 0.2)]:
    d = share(low, high)
    a = ask(toml(f'threat_events = {{ constant = 20, unit = "per year" }}\nvulnerability = {{ range = [{low}, {high}], unit = "share" }}', RESPONSE.format("constant = 1000")))
    none = integrate.quad(lambda p: math.exp(-20 * p) * d.pdf(p), 0, 1, points=[low, high], limit=500)[0]
    check(f"range of a share {low} {high}", a, compound((20 * d.mean(), 400 * d.var()), const(1000.0)), none)

# Clusters, quiet years, at most one.
for size in [0.1, 1, 2.5, 40]:
    for rate in [0.3, 4, 60]:
        a = ask(toml(EVENTS.format(f"constant = {rate}") + f"\ncounts = {{ negative_binomial = {size} }}", RESPONSE.format("constant = 250")))
        d = stats.nbinom(size, size / (size + rate))
        check(f"negative binomial {size} {rate}", a, compound(const(rate), const(250.0), ("nb", size)), d.pmf(0))
        lattice(f"negative binomial {size} {rate}", a, d, 250.0)
for quiet in [0.0, 0.3, 0.95]:
    for rate in [0.5, 8]:
        a = ask(toml(EVENTS.format(f"constant = {rate}") + f"\ncounts = {{ quiet_years = {quiet} }}", RESPONSE.format("range = [1000, 20000]")))
        check(f"quiet years {quiet} {rate}", a, compound(const(rate), moments(lognormal(1000, 20000)), ("quiet", quiet)), quiet + (1 - quiet) * math.exp(-rate), 1e-5)
for rate in [0.01, 0.4, 1.0]:
    a = ask(toml(EVENTS.format(f"constant = {rate}") + '\ncounts = "at-most-one"', RESPONSE.format("pert = [100, 300, 2000]")))
    check(f"at most one {rate}", a, compound(const(rate), moments(pert(100, 300, 2000)), ("one",)), 1 - rate, 1e-5)
    d = pert(100, 300, 2000)
    for key, p in [("once_in_20_years", 0.95), ("once_in_1000_years", 0.999)]:
        inner = 1 - (1 - p) / rate
        same(f"at most one {rate}: {key}", a["result"][key], d.ppf(inner) if inner > 0 else 0.0, 1e-3)

# A rate known from a count: gamma, so the count is negative binomial.
for seen, months in [(0, 12), (0, 1), (1, 24), (3, 24), (40, 6)]:
    years = months / 12
    a = ask(toml(EVENTS.format(f"seen = {seen}, months = {months}"), RESPONSE.format("constant = 500")))
    shape = seen + 0.5
    d = stats.nbinom(shape, years / (years + 1))
    check(f"seen {seen} in {months} months", a, compound((shape / years, shape / years**2), const(500.0)), d.pmf(0), 1e-5, 1e-5)
    lattice(f"seen {seen} in {months} months", a, d, 500.0)

# Uncertain rates and shares.
def none_of(density, low, high, times):
    return integrate.quad(lambda v: density(v) * math.exp(-times * v), low, high, epsabs=1e-13, limit=400)[0]

for low, mode, high, gamma in [(0.05, 0.12, 0.3, 4), (0, 0.01, 1, 4), (0.2, 0.2, 0.9, 2), (0.1, 0.9, 0.9, 10)]:
    for threats in [0.5, 6, 80]:
        d = pert(low, mode, high, gamma)
        a = ask(toml(f'threat_events = {{ constant = {threats}, unit = "per year" }}\nvulnerability = {{ pert = [{low}, {mode}, {high}], gamma = {gamma}, unit = "share" }}', RESPONSE.format("triangular = [0, 1000, 4000]")))
        t = stats.triang(0.25, loc=0, scale=4000)
        rate = product(const(threats), moments(d))
        check(f"vulnerability {low} {mode} {high} {threats}", a, compound(rate, moments(t)), none_of(d.pdf, low, high, threats), 1e-5, 1e-5)
for seen, of in [(0, 10), (3, 40), (40, 40), (1, 1), (500, 12000)]:
    b = stats.beta(seen + 0.5, of - seen + 0.5)
    a = ask(toml(f'threat_events = {{ constant = 9, unit = "per year" }}\nvulnerability = {{ seen = {seen}, of = {of}, unit = "share" }}', RESPONSE.format("uniform = [10, 90]")))
    from scipy.special import hyp1f1
    check(f"share seen {seen} of {of}", a, compound(product(const(9.0), moments(b)), moments(stats.uniform(10, 80))), float(hyp1f1(seen + 0.5, of + 1, -9.0)), 1e-5, 1e-5)

# Contacts, action, and capability against resistance.
for (c_low, c_mode, c_high), (r_low, r_mode, r_high) in [((20, 50, 90), (30, 60, 95)), ((0, 10, 100), (0, 90, 100)), ((70, 80, 90), (10, 20, 60))]:
    c, r = pert(c_low, c_mode, c_high), pert(r_low, r_mode, r_high)
    share = integrate.quad(lambda x: c.pdf(x) * r.cdf(x), c_low, c_high, epsabs=1e-13, limit=400)[0]
    a = ask(toml(f'contacts = {{ constant = 30, unit = "per year" }}\naction = {{ constant = 0.25, unit = "share" }}\ncapability = {{ pert = [{c_low}, {c_mode}, {c_high}], unit = "percentile" }}\nresistance = {{ pert = [{r_low}, {r_mode}, {r_high}], unit = "percentile" }}', RESPONSE.format("constant = 70")))
    rate = 30 * 0.25 * share
    check(f"contest {c_low} {r_low}", a, compound(const(rate), const(70.0)), math.exp(-rate), 1e-5, 1e-5)

# Losses: forms added, people and hours, measured values, wide and narrow ranges, secondary losses.
data = [0, 120, 900, 900, 15000, 42000]
for name, text, m in [
    ("narrow range", "response = { range = [1000, 1000.5], unit = \"EUR\" }", moments(lognormal(1000, 1000.5))),
    ("six orders", "response = { range = [1, 1000000], unit = \"EUR\" }", moments(lognormal(1, 1e6))),
    ("data", f"response = {{ data = {data}, unit = \"EUR\" }}", (np.mean(data), np.var(data))),
    ("work", 'response = { people = { constant = 3, unit = "people" }, hours = { pert = [2, 5, 30], unit = "hours" }, per_hour = { uniform = [40, 90], unit = "EUR per hour" } }', product(const(3.0), moments(pert(2, 5, 30)), moments(stats.uniform(40, 50)))),
    ("two forms", 'response = { pert = [1, 2, 9], unit = "EUR" }\nreputation = { range = [10, 400], unit = "EUR" }', total(moments(pert(1, 2, 9)), moments(lognormal(10, 400)))),
    *[(f"normal range {low} {high}", f'response = {{ range = [{low}, {high}], shape = "normal", unit = "EUR" }}', moments(normal(low, high))) for low, high in [(400, 900), (10, 90), (100, 1000), (5, 6)]],
]:
    for rate in [0.2, 5]:
        a = ask(toml(EVENTS.format(f"constant = {rate}"), text))
        tail = 2e-2 if name == "six orders" else 1e-5
        check(f"{name} {rate}", a, compound(const(rate), m), None, tail)
for chance in [0.0, 0.1, 1.0]:
    x, s = moments(pert(100, 200, 900)), moments(lognormal(500, 9000))
    secondary = f'[loss.secondary]\nchance = {{ constant = {chance}, unit = "share" }}\nfines_and_judgments = {{ range = [500, 9000], unit = "EUR" }}'
    second = (chance * s[0], chance * (s[1] + s[0] ** 2) - (chance * s[0]) ** 2)
    a = ask(toml(EVENTS.format("constant = 2"), RESPONSE.format("pert = [100, 200, 900]"), secondary))
    check(f"secondary {chance}", a, compound(const(2.0), total(x, second)), math.exp(-2), 1e-5)

# Several scenarios added up, independent.
one = toml(EVENTS.format("constant = 0.5"), RESPONSE.format("constant = 100"), name="one")
two = toml(EVENTS.format("pert = [1, 2, 6]"), RESPONSE.format("range = [50, 900]"), name="two")
a = ask(one, two)
both = total(compound(const(0.5), const(100.0)), compound(moments(pert(1, 2, 6)), moments(lognormal(50, 900))))
check("two scenarios", a, both, math.exp(-0.5) * none_of(pert(1, 2, 6).pdf, 1, 6, 1.0), 1e-5, 1e-5)

# The mean of the worst year in twenty, where the count is known.
for rate in [0.7, 3, 25]:
    a = ask(toml(EVENTS.format(f"constant = {rate}"), RESPONSE.format("constant = 1000")))
    d = stats.poisson(rate)
    n = np.arange(0, int(rate * 10 + 60))
    edge = d.ppf(0.95)
    above = (n * d.pmf(n))[n > edge].sum() + edge * (0.05 - d.sf(edge))
    same(f"worst year in 20, {rate}", a["result"]["expected_shortfall_95"], 1000 * above / 0.05, 2e-3)

# Quantiles of one continuous event a year at most, and of a sum by a fine grid.
def by_grid(rate, cdf, step, size):
    mass = np.diff(np.concatenate([[0.0], cdf((np.arange(size) + 0.5) * step)]))
    year = np.fft.irfft(np.exp(rate * (np.fft.rfft(mass) - 1)), size)
    below = np.cumsum(year)
    return lambda p: np.interp(p, below, np.arange(size) * step + step / 2)

for rate, low, high in [(2.0, 1000, 9000), (12.0, 50, 400), (0.3, 10_000, 90_000)]:
    d = lognormal(low, high)
    size = 2**22
    find = by_grid(rate, d.cdf, d.ppf(1 - 1e-9) * max(1, rate) * 2 / size, size)
    a = ask(toml(EVENTS.format(f"constant = {rate}"), RESPONSE.format(f"range = [{low}, {high}]")))
    check(f"lognormal sum {rate}", a, compound(const(rate), moments(d)), math.exp(-rate), 1e-5)
    for key, p in [("once_in_10_years", 0.9), ("once_in_20_years", 0.95), ("once_in_100_years", 0.99), ("once_in_1000_years", 0.999)]:
        same(f"lognormal sum {rate}: {key}", a["result"][key], float(find(p)), 1e-3)

print(f"{compared} figures compared, {wrong} differ; the others use at most {largest:.4f} of what is allowed")
sys.exit(1 if wrong else 0)
