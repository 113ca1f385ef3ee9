// SPDX-License-Identifier: Apache-2.0

@_exported import HoneCore
@_exported import HoneOptimizers
@_exported import HonePrograms
@_exported import HoneReport
@_exported import HoneRuns
@_exported import HoneTasks

#if HONE_MACROS
  @_exported import HoneSignatures
#endif
