from .known import known_trends as known_trends
from .result import Span as Span
from .result import Trend as Trend
