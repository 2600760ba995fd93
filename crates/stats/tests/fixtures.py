"""Prints tests/peers.txt: what other tools answer, which this crate must repeat.

    python3 -m venv /tmp/peers
    /tmp/peers/bin/pip install scipy==1.17.1 statsmodels==0.15.0 lifelines==0.30.3 mpmath==1.4.1
    /tmp/peers/bin/python -W ignore tests/fixtures.py > tests/peers.txt

A line is: function, arguments = answers. A list is joined with commas; `+` marks a time at which watching ended first.
Distribution functions come from series in 60 digits (mpmath), as SciPy's own lose digits at the edges asked for here.
"""
import itertools
import math
import random

import lifelines
import mpmath as mp
import numpy as np
import scipy
import statsmodels
from lifelines.statistics import logrank_test
from mpmath import mpf
from scipy import stats as st
from statsmodels.duration.survfunc import SurvfuncRight
from statsmodels.stats import multitest, proportion

mp.mp.dps = 60
DONE = mpf(10) ** -45
LEVELS = (0.5, 0.9, 0.95, 0.999999)


def line(name, arguments, answers):
    print(name, *map(word, arguments), "=", *map(word, answers))


def word(value):
    if isinstance(value, list):
        return ",".join(map(word, value))
    return value if isinstance(value, str) else repr(float(value)).removesuffix(".0")


# Distribution functions


def normal_cdf(z):
    return mp.erfc(-mpf(z) / mp.sqrt(2)) / 2


def ln_beta(a, b):
    return mp.loggamma(a) + mp.loggamma(b) - mp.loggamma(mpf(a) + b)


def gamma_front(a, x):
    """x times the density."""
    return mp.exp(a * mp.log(x) - x - mp.loggamma(a))


def gamma_tails(a, x):
    """The chances of at most and of more than x."""
    if x < a + 1:
        term = total = 1 / a
        k = a
        while term > total * DONE:
            k += 1
            term *= x / k
            total += term
        return total * gamma_front(a, x), 1 - total * gamma_front(a, x)
    b, c, i, step = x + 1 - a, mpf(10) ** 200, 0, 0
    d = value = 1 / b
    while abs(step - 1) > DONE:
        i += 1
        b += 2
        d, c = 1 / (i * (a - i) * d + b), b + i * (a - i) / c
        step = d * c
        value *= step
    return 1 - value * gamma_front(a, x), value * gamma_front(a, x)


def beta_front(a, b, x):
    """x times the density, but for a factor of 1 - x."""
    return mp.exp(a * mp.log(x) + b * mp.log(1 - x) - ln_beta(a, b))


def beta_tails(a, b, x):
    if x > (a + 1) / (a + b + 2):
        return beta_tails(b, a, 1 - x)[::-1]
    c, m, step = mpf(1), 0, 0
    d = value = 1 / (1 - (a + b) * x / (a + 1))
    while abs(step - 1) > DONE:
        m += 1
        part = m * (b - m) * x / ((a - 1 + 2 * m) * (a + 2 * m))
        d, c = 1 / (1 + part * d), 1 + part / c
        value *= d * c
        part = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 1 + 2 * m))
        d, c = 1 / (1 + part * d), 1 + part / c
        step = d * c
        value *= step
    return beta_front(a, b, x) * value / a, 1 - beta_front(a, b, x) * value / a


def sharpen(x, tails, front, chance, upper):
    """Newton steps until the tail beyond x has this chance."""
    for _ in range(60):
        tail = tails(x)[upper]
        step = mp.log(tail / chance) * tail / front(x)
        x *= mp.exp(step if upper else -step)
        if abs(step) < 1e-30:
            return x
    raise ArithmeticError(f"no end at {x} for {chance}")


def gamma_quantile(a, chance, upper=False):
    start = mpf((st.gamma.isf if upper else st.gamma.ppf)(float(chance), a))
    a, chance = mpf(a), mpf(chance)
    if start < 1e-100:  # Where SciPy has no start the function is a power of x.
        start = mp.exp((mp.log(1 - chance if upper else chance) + mp.loggamma(a + 1)) / a)
    if start < 1e-330:
        return 0
    return sharpen(start, lambda x: gamma_tails(a, x), lambda x: gamma_front(a, x), chance, upper)


def beta_quantile(a, b, chance, upper=False):
    start = mpf((st.beta.isf if upper else st.beta.ppf)(float(chance), a, b))
    if start > 0.9:
        rest = beta_quantile(b, a, chance, not upper) if start < 1 else 0
        return 1 - rest
    a, b, chance = mpf(a), mpf(b), mpf(chance)
    if start < 1e-100:
        start = mp.exp((mp.log(1 - chance if upper else chance) + mp.log(a) + ln_beta(a, b)) / a)
    if start < 1e-330:
        return 0
    return sharpen(start, lambda x: beta_tails(a, b, x), lambda x: beta_front(a, b, x) / (1 - x), chance, upper)


def special():
    for z in (-40, -38.4, -30, -10, -5.5, -2.9, -2.8, -1, -1e-5, 0, 1e-10, 0.7, 2, 3.3, 8.2, 40):
        line("normal_density", [z], [mp.npdf(z)])
        line("normal_cdf", [z], [normal_cdf(z)])
    tails = [5e-324, 1e-310, 1e-300, 1e-100, 1e-20, 1e-5, 0.02425, 0.2, 0.3, 0.6, 0.975, 1 - 1e-10, 1 - 2e-16]
    for p in [*tails, 0.4999, 0.5 - 1e-10, 0.5, 0.5 + 2e-16, 0.5 + 1e-10]:
        z = mpf(st.norm.ppf(p))
        for _ in range(8):
            z -= (normal_cdf(z) - mpf(p)) / mp.npdf(z)
        line("normal_quantile", [p], [z])
    zeros = [1 - 1e-9, 1, 1 + 1e-12, 1.001, 2 - 1e-9, 2, 2 + 1e-10]
    for x in [1e-300, 1e-6, 0.1, 0.5, *zeros, 1.4, 1.5, 2.4, 2.6, 5.5, 9.99, 10, 171.5, 1e4, 1e8, 1e15, 1e300]:
        line("ln_gamma", [x], [mp.loggamma(x)])
    for a, b in itertools.combinations_with_replacement((1e-6, 0.5, 1, 3.5, 9.5, 11, 1e4, 1e8), 2):
        line("ln_beta", [a, b], [ln_beta(a, b)])
    values = (1e-300, 1e-10, 0.5, 3.84, 100, 1400, 1e300, math.inf)
    for value, degrees in itertools.product(values, (1e-6, 1, 2, 30, 1e6)):
        tail = 0 if value > 1e100 else gamma_tails(mpf(degrees) / 2, mpf(value) / 2)[1]
        line("chi_squared_tail", [value, degrees], [tail])
    for a in (1e-6, 0.02, 0.5, 1, 3.5, 99.5, 1e4, 2e5, 1e8):
        for z in (-8, -3, -0.5, 0, 0.5, 3, 8):
            x = a * math.exp(z / math.sqrt(a)) if a > 9 else math.exp(z) * max(a, 0.01)
            lower, upper = gamma_tails(mpf(a), mpf(x))
            line("gamma_cdf", [a, x], [lower])
            line("gamma_tail", [a, x], [upper])
        for p in (1e-300, 1e-12, 0.001, 0.3, 0.5, 0.9, 0.9999999):
            line("gamma_quantile", [a, p], [gamma_quantile(a, p)])
            line("gamma_quantile_upper", [a, p], [gamma_quantile(a, p, True)])
    for a, b in itertools.product((1e-6, 0.02, 0.5, 1, 3.5, 200, 1e5, 1e8), repeat=2):
        for p in (1e-100, 1e-9, 0.01, 0.5, 0.7, 0.999999):
            line("beta_quantile", [a, b, p], [beta_quantile(a, b, p)])
        line("beta_quantile_upper", [a, b, 1e-9], [beta_quantile(a, b, 1e-9, True)])
        middle, width = a / (a + b), math.sqrt(a * b / (a + b + 1)) / (a + b)
        for z in (-6, -1, 0, 1, 6):
            x = middle + z * width
            x = middle * 10.0**z if x <= 0 else 1 - (1 - middle) * 10.0**-z if x >= 1 else x
            if 0 < x < 1:
                line("beta_cdf", [a, b, x], [beta_tails(mpf(a), mpf(b), mpf(x))[0]])
    for a, b in [(2e9, 3e9), (1.1e9, 1e11), (1e11, 1.1e9)]:
        for z in (-6, -1, -1e-4, 0, 2e-3, 5):
            x = a / (a + b) + z * math.sqrt(a * b / (a + b + 1)) / (a + b)
            line("beta_cdf", [a, b, x], [beta_tails(mpf(a), mpf(b), mpf(x))[0]])


# Shares and rates


def exact_ends(k, n, level, prior=0):
    """Clopper and Pearson's ends, or with half a success and failure more those of Jeffreys."""
    alpha, more = mpf(1 - level) / 2, 1 - 2 * prior
    low = 0 if k == 0 else beta_quantile(k + prior, n - k + prior + more, alpha)
    return [low, 1 if k == n else beta_quantile(k + prior + more, n - k + prior, alpha, True)]


def shares():
    for n in (1, 2, 7, 20, 1000, 10**7):
        for k, level in itertools.product(sorted({0, 1, n // 3, n - 1, n}), LEVELS):
            line("clopper_pearson", [k, n, level], exact_ends(k, n, level))
            line("jeffreys", [k, n, level], exact_ends(k, n, level, 0.5))
            low, high = proportion.proportion_confint(k, n, 1 - level, "wilson")
            line("wilson", [k, n, level], [0 if k == 0 else low, 1 if k == n else high])
    pairs = [(56, 70, 48, 80), (0, 1, 1, 1), (1, 1, 0, 1), (0, 20, 0, 10), (10, 10, 20, 20), (5, 9, 5, 9)]
    for pair in [*pairs, (3, 10**7, 9, 10**7), (1, 3, 10**6, 10**7)]:
        for level in LEVELS:
            ends = proportion.confint_proportions_2indep(*pair, "newcomb", alpha=1 - level, correction=False)
            line("newcombe", [*pair, level], ends)


def rates():
    counts = [(0, 3), (1, 1), (1, 1e-9), (7, 2.5), (150, 1e12), (999, 12), (10**5, 1), (10**7, 365)]
    for (seen, exposure), level in itertools.product(counts, (*LEVELS, 1 - 1e-11)):
        alpha = mpf(1 - level) / 2
        ends = [gamma_quantile(seen, alpha) if seen else 0, gamma_quantile(seen + 1, alpha, True)]
        line("poisson_rate", [seen, exposure, level], [end / mpf(exposure) for end in ends])
    few = [(11, 800, 6, 1083), (0, 3, 1, 9), (1, 3, 0, 9), (5, 1, 5, 1), (4, 1, 5, 1), (12, 7.5, 31, 2.25)]
    uneven = [(3, 1e-9, 2, 1e9), (3, 1e9, 2, 1e-9), (1, 1, 10**6, 10**6), (10**6, 10**6, 1, 1)]
    uneven += [(300, 1, 200, 1), (0, 10, 40, 10)]
    many = [(2 * 10**6, 10**6, 1, 1), (5, 2, 2 * 10**6, 10**6), (10**7, 1e3, 10**7 - 9000, 1e3)]
    for a, x, b, y in few + uneven + many:
        n, scale = a + b, mpf(y) / mpf(x)
        rarer = (a, n, x / (x + y)) if x < y else (b, n, y / (x + y))
        # The odds of the ends, with both shares found by themselves, as one less the other has no digits left.
        odds = lambda part, rest: mp.inf if rest == 0 else part / rest * scale
        for level in (0.9, 0.999999):
            z = mpf(st.norm.isf((1 - level) / 2))
            root = mp.sqrt(mpf(a) * b / n + z * z / 4)
            wilson = lambda k, sign: 0 if k == 0 and sign < 0 else k + z * z / 2 + sign * z * root
            (low, high), (other_low, other_high) = exact_ends(a, n, level), exact_ends(b, n, level)
            ends = [odds(low, other_high), odds(high, other_low)]
            score = [odds(wilson(a, -1), wilson(b, 1)), odds(wilson(a, 1), wilson(b, -1))]
            line("rate_ratio", [a, x, b, y, level], [odds(mpf(a), b), *ends, *score, st.binomtest(*rarer).pvalue])
    changes = [(0.12, 0.3, 0.8), (0.3, 0.12, 0.8), (0.5, 0.500001, 0.9), (0, 1, 0.5), (0, 1e-6, 0.8)]
    changes += [(0.2, 0.25, 0.999), (0.4, 0.9, 0.2)]
    for (before, after, power), level in itertools.product(changes, LEVELS):
        people = proportion.samplesize_proportions_2indep_onetail(after - before, before, power, alpha=1 - level)
        line("people_needed", [before, after, power, level], [max(1, math.ceil(people))])


# Samples


def samples():
    dice = random.Random(3)
    rows = [[4], [0.1, 0.1, 0.1], [2, 9, 4, 4.5, 11, 0.5], [1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16]]
    rows += [[1e16, 1e16 + 2, 1e16 + 2], [1e-300, 3e-300, 5e-300], [1, 1e100, 1, -1e100]]
    for row in [*rows, [dice.gauss(0, 1) for _ in range(30)], [float(dice.randrange(4)) for _ in range(40)]]:
        exact = [mpf(value) for value in row]
        centre = mp.fsum(exact) / len(row)
        line("mean", [row], [centre])
        if len(row) > 1:
            line("variance", [row], [mp.fsum((value - centre) ** 2 for value in exact) / (len(row) - 1)])
        for p in (0, 0.05, 0.333, 0.5, 0.77, 1):
            line("quantile", [row, p], [np.quantile(row, p)])
    rows = [[7], *(list(range(1, n)) for n in (6, 21, 61)), sorted(dice.randrange(30) for _ in range(300))]
    for row, p, level in itertools.product(rows, (0.001, 0.1, 0.5, 0.95), LEVELS):
        ends = st.quantile_test(row, q=0, p=p).confidence_interval(level)
        low, high = np.nan_to_num(ends.low, nan=-np.inf), np.nan_to_num(ends.high, nan=np.inf)
        line("quantile_interval", [row, p, level], [low, high])


def orderings(m, n):
    """How many orderings of two groups give each u: whole numbers, by the recurrence of Mann and Whitney."""
    table = {}
    for i, j in itertools.product(range(m + 1), range(n + 1)):
        counts = table[i, j] = [0] * (i * j + 1)
        if i * j == 0:
            counts[0] = 1
            continue
        for u, count in enumerate(table[i - 1, j]):
            counts[u + j] += count
        for u, count in enumerate(table[i, j - 1]):
            counts[u] += count
    return table[m, n]


def groups():
    dice = random.Random(5)
    normal = lambda n, shift: [round(dice.gauss(shift, 1), 6) for _ in range(n)]
    coarse = lambda n, high: [dice.randrange(high) for _ in range(n)]
    pairs = [([1], [2]), ([2], [1]), ([1], [1]), ([3, 3, 3], [3, 3]), ([0, -0.0], [0, 1]), ([5], list(range(10, 60)))]
    pairs += [([1, 2, 2, 3, 4, 4, 5], [2, 3, 5, 6, 6, 7]), (list(range(8)), list(range(10, 20)))]
    pairs += [(normal(9, 0), normal(6, 1)), (normal(49, 0), normal(49, 0.4)), (normal(49, 0), normal(49, 4))]
    pairs += [(normal(2, 0), normal(49, 0)), (normal(50, 0), normal(20, 0.5))]
    pairs += [(coarse(60, 5), coarse(30, 6)), (coarse(30, 3), coarse(30, 3)), ([0] * 59 + [1], [0] * 60)]
    for first, second in pairs:
        m, n, different = len(first), len(second), len({float(value) for value in first + second})
        small = max(m, n) < 50
        got = st.mannwhitneyu(first, second, method="exact" if small and different == m + n else "asymptotic")
        # Where all are tied SciPy divides nought by nought.
        line("mann_whitney", [first, second], [got.statistic, 1 if different == 1 else got.pvalue])
        differences = sorted(one - other for one in first for other in second)
        below = list(itertools.accumulate(orderings(m, n))) if small else []
        for level in LEVELS if small else []:
            # The narrowest ends beyond which, on either side, the true one lies with a chance of at most alpha.
            alpha = mpf(1 - level) / 2 * (1 - mpf("1e-12"))
            skipped = next(u for u, count in enumerate(below) if count >= alpha * below[-1])
            ends = [differences[skipped - 1], differences[m * n - skipped]] if skipped else [-math.inf, math.inf]
            line("hodges_lehmann", [first, second, level], [np.median(differences), *ends])
    chances = [[0.3], [0.01, 0.02, 0.03, 0.04, 0.05], [0.04, 0.01, 0.03], [0.2] * 4, [1, 1, 0, 0]]
    for row in [*chances, [1e-320, 1e-300, 0.5], [dice.random() ** 6 for _ in range(25)]]:
        line("holm", [row], multitest.multipletests(row, method="holm")[1])
        line("benjamini_hochberg", [row], multitest.multipletests(row, method="fdr_bh")[1])


# Waiting times


def waiting():
    dice = random.Random(3)
    drawn = lambda n, rate, share, digits: [
        (round(dice.expovariate(rate), digits), dice.random() < share) for _ in range(n)
    ]
    small = [[(5, True)], [(5, False)], [(0, True), (3, True)], [(1, True)] * 4, [(2, False)] * 3]
    tied = [(3, True), (3, False), (3, True), (4, False)]
    mixed = [(1, True), (2, False), (2, True), (2, True)]
    early = [(1, True)] * 49 + [(2, False)]
    one, two, coarse = drawn(15, 0.2, 0.7, 1), drawn(12, 0.4, 0.7, 1), drawn(60, 1, 0.5, 1)
    fine, long = drawn(40, 2, 1, 6), drawn(30, 1e-6, 0.6, 0)
    text = lambda rows: [word(time) + ("" if happened else "+") for time, happened in rows]
    for rows in [*small, tied, mixed, early, one, two, coarse, fine, long]:
        times, happened = zip(*rows)
        steps = []
        if any(happened):
            curve = SurvfuncRight(np.array(times, float), np.array(happened, int))
            peer = lifelines.KaplanMeierFitter().fit(times, happened).survival_function_["KM_estimate"]
            assert np.allclose(peer.loc[curve.surv_times], curve.surv_prob, rtol=1e-9, atol=1e-12)
            steps = list(zip(curve.surv_prob, curve.surv_prob_se))
        for level in (0.5, 0.95, 0.999999):
            z, high, answers = st.norm.isf((1 - level) / 2), 1, []
            for share, error in steps:
                if share > 0:
                    low, high = share * math.exp(-z * error / share), min(1, share * math.exp(z * error / share))
                else:  # Nobody is left and the formula has no answer, but the last upper end still holds.
                    low, error = 0, 0
                answers += [share, error, low, high]
            line("kaplan_meier", [text(rows), level], answers)
    pairs = [(one, two), (coarse, fine), (small[0], one), (tied, mixed), (early, fine), (two, two), (coarse, early)]
    for first, second in pairs:
        got = logrank_test(*(list(zip(*group))[place] for place in (0, 1) for group in (first, second)))
        line("log_rank", [text(first), text(second)], [got.test_statistic, got.p_value])


tools = ", ".join(f"{tool.__name__} {tool.__version__}" for tool in (scipy, np, statsmodels, lifelines, mp))
print(f"# Made by tests/fixtures.py with {tools}.")
for part in (special, shares, rates, samples, groups, waiting):
    part()
