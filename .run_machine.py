import sys,time
from hypothesis import settings,Phase,HealthCheck,seed
from hypothesis.stateful import run_state_machine_as_test
from tests.ledger import test_agreements as t
n=int(sys.argv[1]); steps=int(sys.argv[2]); shrink=len(sys.argv)>3
b=time.time()
run_state_machine_as_test(t.Agreements,settings=settings(max_examples=n,stateful_step_count=steps,deadline=None,phases=[Phase.generate]+([Phase.shrink] if shrink else []),suppress_health_check=list(HealthCheck),database=None,report_multiple_bugs=False))
print("ok",time.time()-b)
