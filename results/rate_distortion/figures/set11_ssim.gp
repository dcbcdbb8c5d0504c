# Draws set11_ssim.svg, set11_ssim.pdf and set11_ssim.png from set11_ssim.csv: gnuplot set11_ssim.gp
set encoding utf8
set datafile separator ','
set datafile missing 'nan'
set title 'Set11, equal ciphertext bytes (bands: 95 % interval of the mean over images)' noenhanced
set xlabel 'sampling rate (measurements per pixel)' noenhanced
set ylabel 'mean SSIM' noenhanced
set tics out nomirror
set border 3
set grid linetype 1 dashtype 1 linewidth 0.5 linecolor rgb '#D0D0D0'
set key outside right center Left reverse noenhanced
set logscale x
set linetype 1 linecolor rgb '#0072B2' dashtype 1 pointtype 7 pointsize 0.8 linewidth 1.5
set linetype 2 linecolor rgb '#D55E00' dashtype 2 pointtype 5 pointsize 0.8 linewidth 1.5
set linetype 3 linecolor rgb '#009E73' dashtype 3 pointtype 9 pointsize 0.8 linewidth 1.5
set linetype 4 linecolor rgb '#CC79A7' dashtype 4 pointtype 13 pointsize 0.8 linewidth 1.5
set linetype 5 linecolor rgb '#000000' dashtype 5 pointtype 6 pointsize 0.8 linewidth 1.5
set linetype 6 linecolor rgb '#E69F00' dashtype 1 pointtype 4 pointsize 0.8 linewidth 1.5
set linetype 7 linecolor rgb '#56B4E9' dashtype 2 pointtype 8 pointsize 0.8 linewidth 1.5
set terminal svg size 800,500 font 'Helvetica,14' background '#FFFFFF'
set output 'set11_ssim.svg'
plot \
  'set11_ssim.csv' skip 1 every ::0::6 using 2:4:5 with filledcurves linecolor rgb '#0072B2' fillstyle transparent solid 0.15 noborder notitle, \
  'set11_ssim.csv' skip 1 every ::7::13 using 2:4:5 with filledcurves linecolor rgb '#D55E00' fillstyle transparent solid 0.15 noborder notitle, \
  'set11_ssim.csv' skip 1 every ::14::18 using 2:4:5 with filledcurves linecolor rgb '#009E73' fillstyle transparent solid 0.15 noborder notitle, \
  'set11_ssim.csv' skip 1 every ::19::25 using 2:4:5 with filledcurves linecolor rgb '#CC79A7' fillstyle transparent solid 0.15 noborder notitle, \
  'set11_ssim.csv' skip 1 every ::26::32 using 2:4:5 with filledcurves linecolor rgb '#000000' fillstyle transparent solid 0.15 noborder notitle, \
  'set11_ssim.csv' skip 1 every ::33::39 using 2:4:5 with filledcurves linecolor rgb '#E69F00' fillstyle transparent solid 0.15 noborder notitle, \
  'set11_ssim.csv' skip 1 every ::40::43 using 2:4:5 with filledcurves linecolor rgb '#56B4E9' fillstyle transparent solid 0.15 noborder notitle, \
  'set11_ssim.csv' skip 1 every ::0::6 using 2:3 with linespoints linetype 1 title 'Gaussian + LMMSE', \
  'set11_ssim.csv' skip 1 every ::7::13 using 2:3 with linespoints linetype 2 title 'PCA + LMMSE', \
  'set11_ssim.csv' skip 1 every ::14::18 using 2:3 with linespoints linetype 3 title 'fclbcnn', \
  'set11_ssim.csv' skip 1 every ::19::25 using 2:3 with linespoints linetype 4 title 'JPEG', \
  'set11_ssim.csv' skip 1 every ::26::32 using 2:3 with linespoints linetype 5 title 'WebP', \
  'set11_ssim.csv' skip 1 every ::33::39 using 2:3 with linespoints linetype 6 title 'JPEG 2000', \
  'set11_ssim.csv' skip 1 every ::40::43 using 2:3 with linespoints linetype 7 title 'klt_net'
set terminal pdfcairo size 16.0cm,10.0cm font 'Helvetica,10'
set output 'set11_ssim.pdf'
plot \
  'set11_ssim.csv' skip 1 every ::0::6 using 2:4:5 with filledcurves linecolor rgb '#0072B2' fillstyle transparent solid 0.15 noborder notitle, \
  'set11_ssim.csv' skip 1 every ::7::13 using 2:4:5 with filledcurves linecolor rgb '#D55E00' fillstyle transparent solid 0.15 noborder notitle, \
  'set11_ssim.csv' skip 1 every ::14::18 using 2:4:5 with filledcurves linecolor rgb '#009E73' fillstyle transparent solid 0.15 noborder notitle, \
  'set11_ssim.csv' skip 1 every ::19::25 using 2:4:5 with filledcurves linecolor rgb '#CC79A7' fillstyle transparent solid 0.15 noborder notitle, \
  'set11_ssim.csv' skip 1 every ::26::32 using 2:4:5 with filledcurves linecolor rgb '#000000' fillstyle transparent solid 0.15 noborder notitle, \
  'set11_ssim.csv' skip 1 every ::33::39 using 2:4:5 with filledcurves linecolor rgb '#E69F00' fillstyle transparent solid 0.15 noborder notitle, \
  'set11_ssim.csv' skip 1 every ::40::43 using 2:4:5 with filledcurves linecolor rgb '#56B4E9' fillstyle transparent solid 0.15 noborder notitle, \
  'set11_ssim.csv' skip 1 every ::0::6 using 2:3 with linespoints linetype 1 title 'Gaussian + LMMSE', \
  'set11_ssim.csv' skip 1 every ::7::13 using 2:3 with linespoints linetype 2 title 'PCA + LMMSE', \
  'set11_ssim.csv' skip 1 every ::14::18 using 2:3 with linespoints linetype 3 title 'fclbcnn', \
  'set11_ssim.csv' skip 1 every ::19::25 using 2:3 with linespoints linetype 4 title 'JPEG', \
  'set11_ssim.csv' skip 1 every ::26::32 using 2:3 with linespoints linetype 5 title 'WebP', \
  'set11_ssim.csv' skip 1 every ::33::39 using 2:3 with linespoints linetype 6 title 'JPEG 2000', \
  'set11_ssim.csv' skip 1 every ::40::43 using 2:3 with linespoints linetype 7 title 'klt_net'
set terminal pngcairo size 2400,1500 fontscale 3 linewidth 3 pointscale 3
set output 'set11_ssim.png'
plot \
  'set11_ssim.csv' skip 1 every ::0::6 using 2:4:5 with filledcurves linecolor rgb '#0072B2' fillstyle transparent solid 0.15 noborder notitle, \
  'set11_ssim.csv' skip 1 every ::7::13 using 2:4:5 with filledcurves linecolor rgb '#D55E00' fillstyle transparent solid 0.15 noborder notitle, \
  'set11_ssim.csv' skip 1 every ::14::18 using 2:4:5 with filledcurves linecolor rgb '#009E73' fillstyle transparent solid 0.15 noborder notitle, \
  'set11_ssim.csv' skip 1 every ::19::25 using 2:4:5 with filledcurves linecolor rgb '#CC79A7' fillstyle transparent solid 0.15 noborder notitle, \
  'set11_ssim.csv' skip 1 every ::26::32 using 2:4:5 with filledcurves linecolor rgb '#000000' fillstyle transparent solid 0.15 noborder notitle, \
  'set11_ssim.csv' skip 1 every ::33::39 using 2:4:5 with filledcurves linecolor rgb '#E69F00' fillstyle transparent solid 0.15 noborder notitle, \
  'set11_ssim.csv' skip 1 every ::40::43 using 2:4:5 with filledcurves linecolor rgb '#56B4E9' fillstyle transparent solid 0.15 noborder notitle, \
  'set11_ssim.csv' skip 1 every ::0::6 using 2:3 with linespoints linetype 1 title 'Gaussian + LMMSE', \
  'set11_ssim.csv' skip 1 every ::7::13 using 2:3 with linespoints linetype 2 title 'PCA + LMMSE', \
  'set11_ssim.csv' skip 1 every ::14::18 using 2:3 with linespoints linetype 3 title 'fclbcnn', \
  'set11_ssim.csv' skip 1 every ::19::25 using 2:3 with linespoints linetype 4 title 'JPEG', \
  'set11_ssim.csv' skip 1 every ::26::32 using 2:3 with linespoints linetype 5 title 'WebP', \
  'set11_ssim.csv' skip 1 every ::33::39 using 2:3 with linespoints linetype 6 title 'JPEG 2000', \
  'set11_ssim.csv' skip 1 every ::40::43 using 2:3 with linespoints linetype 7 title 'klt_net'
unset output
