// A compression/reconstruction method that is another program, in any language: files in, files
// out.
//
// Each call makes a temporary folder of its own and runs a command without a shell, with
//   {in} {out}          the files to read and to write
//   {rate} {percent}    the sampling rate: 0.25 and 25
//   {width} {height}    of the picture
//   {channels}          planes in one call, see below
//   {measurements}      how many numbers the measurement file holds
//   {per_block}         of these, for one 33x33 block: {measurements} / blocks
//   {model}             what the optional command `fit` left; {pictures}, for `fit` alone: the
//   folder
//                       with training pictures, <name>_<width>x<height>.f32
// All files have one format: 32-bit IEEE floats, least significant byte first, nothing else. A
// picture is its rows one after the other, 0 black and 1 white. No header, since every language
// reads that in a line, sizes come as arguments; no PNG or PGM, since these would clip and round
// what `psnr` measures unrounded.
//
// The number of measurements is that of every other method at this rate, {per_block} = round(rate
// x 1089) for each 33x33 block of the picture filled up to multiples of 33, so that ciphertexts
// have the same length. How a program spends them is its own business, block by block or the whole
// picture at once. Number i is quantised as coefficient i mod {per_block}.
//
// A colour picture's planes are given one by one, unless the commands use {channels}: then all in
// one file, plane after plane, and {measurements} and {per_block} are three times as many.
#ifndef CHAOSENSE_CORE_SENSING_EXTERNAL_RECONSTRUCTOR_H_
#define CHAOSENSE_CORE_SENSING_EXTERNAL_RECONSTRUCTOR_H_

#include "core/sensing/reconstructor.h"

namespace chaosense {

// Method `external`: its commands are parameters. Creating it throws Error(kConfig) on a bad
// command; Sense, Reconstruct and Fit throw Error(kRun) naming the command and the last line of its
// standard error (exit code other than 0, a signal, a timeout, no output, output of another size, a
// number that is not finite), Error(kConfig) if the program does not exist, Error(kInterrupted).
void RegisterExternalMethod(ReconstructorRegistry& registry);

}  // namespace chaosense

#endif  // CHAOSENSE_CORE_SENSING_EXTERNAL_RECONSTRUCTOR_H_
