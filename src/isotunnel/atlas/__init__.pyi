from .curve import CurvePoint as CurvePoint
from .curve import GapCurve as GapCurve
from .library import document_of as document_of
from .library import names as names
from .library import scan_of as scan_of
from .point import ScanPoint as ScanPoint
from .scan import Scan as Scan
from .scan import ScanColumn as ScanColumn
