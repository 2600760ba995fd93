# Prints the numbers that tests/peers.rs holds. Run with numpy 2.4, scipy 1.17, statsmodels 0.15 and lifelines 0.30.
import numpy as np, scipy.stats as st
print("MW ties", [repr(st.mannwhitneyu(a,b,method=m,use_continuity=True)) for a,b,m in [([1,2,2,3,4,4,5],[2,3,5,6,6,7],"asymptotic")]])
print("quant", [repr(float(np.quantile([2,9,4,4.5,11,.5],p))) for p in (.05,.333,.77)])
for a,b,p in [(0.5,0.5,0.01),(3.5,96.5,0.975),(0.02,5,0.3),(200,300,1e-9),(1.5714285714285714,4.428571428571429,1e-7)]:
    print("betaq",a,b,p,repr(float(st.beta.ppf(p,a,b))))
for a,p in [(0.1,0.01),(3.5,0.05),(250,0.999),(1.0,1e-12)]:
    print("gammaq",a,p,repr(float(st.gamma.ppf(p,a))))
for p in [1e-300,1e-20,1e-5,0.3,0.975]:
    print("normq",p,repr(float(st.norm.ppf(p))))
from statsmodels.stats.proportion import proportion_confint as pc
for k,n,c in [(1,10,.9),(999,1000,.99),(5,7,.8)]:
    print(k,n,c,[tuple(map(float,pc(k,n,1-c,method=m))) for m in("wilson","beta","jeffreys")])
from lifelines import KaplanMeierFitter
from lifelines.statistics import logrank_test
import random
random.seed(3)
a=[(round(random.expovariate(.2),1),random.random()<.7) for _ in range(15)]
b=[(round(random.expovariate(.4),1),random.random()<.7) for _ in range(12)]
print(a);print(b)
k=KaplanMeierFitter().fit([x for x,_ in a],[y for _,y in a]);print(k.survival_function_.tail(3))
r=logrank_test([x for x,_ in a],[x for x,_ in b],[y for _,y in a],[y for _,y in b]);print(repr(r.test_statistic),repr(r.p_value))
