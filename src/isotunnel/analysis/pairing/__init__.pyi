from .along_pressure import PairingAlongPressure as PairingAlongPressure
from .along_pressure import PairingPoint as PairingPoint
from .along_pressure import pairing_along_pressure as pairing_along_pressure
from .compute import pairing as pairing
from .result import PairedAtom as PairedAtom
from .result import PairingResult as PairingResult
from .settings import PairingSettings as PairingSettings
