from .paper import claim as claim
from .paper import judge as judge
from .paper import judge_all as judge_all
from .paper import register as register
from .paper import scorecard as scorecard
