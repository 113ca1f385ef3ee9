// SPDX-License-Identifier: Apache-2.0
// Empty: the library's headers are C++ and are read by the target CMLX only.
