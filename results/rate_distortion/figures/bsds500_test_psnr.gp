# Draws bsds500_test_psnr.svg, bsds500_test_psnr.pdf and bsds500_test_psnr.png from bsds500_test_psnr.csv: gnuplot bsds500_test_psnr.gp
set encoding utf8
set datafile separator ','
set datafile missing 'nan'
set title 'BSDS500 test, equal ciphertext bytes' noenhanced
set xlabel 'ciphertext per pixel (bit)' noenhanced
set ylabel 'mean PSNR (dB)' noenhanced
set tics out nomirror
set border 3
set grid linetype 1 dashtype 1 linewidth 0.5 linecolor rgb '#D0D0D0'
set key outside right center Left reverse noenhanced
set linetype 1 linecolor rgb '#0072B2' dashtype 1 pointtype 7 pointsize 0.8 linewidth 1.5
set linetype 2 linecolor rgb '#D55E00' dashtype 2 pointtype 5 pointsize 0.8 linewidth 1.5
set linetype 3 linecolor rgb '#009E73' dashtype 3 pointtype 9 pointsize 0.8 linewidth 1.5
set linetype 4 linecolor rgb '#CC79A7' dashtype 4 pointtype 13 pointsize 0.8 linewidth 1.5
set linetype 5 linecolor rgb '#000000' dashtype 5 pointtype 6 pointsize 0.8 linewidth 1.5
set linetype 6 linecolor rgb '#E69F00' dashtype 1 pointtype 4 pointsize 0.8 linewidth 1.5
set linetype 7 linecolor rgb '#56B4E9' dashtype 2 pointtype 8 pointsize 0.8 linewidth 1.5
set terminal svg size 800,500 font 'Helvetica,14' background '#FFFFFF'
set output 'bsds500_test_psnr.svg'
plot \
  'bsds500_test_psnr.csv' skip 1 every ::0::6 using 2:3 with linespoints linetype 1 title 'Gaussian + LMMSE', \
  'bsds500_test_psnr.csv' skip 1 every ::7::13 using 2:3 with linespoints linetype 2 title 'PCA + LMMSE', \
  'bsds500_test_psnr.csv' skip 1 every ::14::18 using 2:3 with linespoints linetype 3 title 'FCLBCNN', \
  'bsds500_test_psnr.csv' skip 1 every ::19::25 using 2:3 with linespoints linetype 4 title 'JPEG', \
  'bsds500_test_psnr.csv' skip 1 every ::26::32 using 2:3 with linespoints linetype 5 title 'WebP', \
  'bsds500_test_psnr.csv' skip 1 every ::33::39 using 2:3 with linespoints linetype 6 title 'JPEG 2000', \
  'bsds500_test_psnr.csv' skip 1 every ::40::43 using 2:3 with linespoints linetype 7 title 'KLT-Net'
set terminal pdfcairo size 16.0cm,10.0cm font 'Helvetica,10'
set output 'bsds500_test_psnr.pdf'
plot \
  'bsds500_test_psnr.csv' skip 1 every ::0::6 using 2:3 with linespoints linetype 1 title 'Gaussian + LMMSE', \
  'bsds500_test_psnr.csv' skip 1 every ::7::13 using 2:3 with linespoints linetype 2 title 'PCA + LMMSE', \
  'bsds500_test_psnr.csv' skip 1 every ::14::18 using 2:3 with linespoints linetype 3 title 'FCLBCNN', \
  'bsds500_test_psnr.csv' skip 1 every ::19::25 using 2:3 with linespoints linetype 4 title 'JPEG', \
  'bsds500_test_psnr.csv' skip 1 every ::26::32 using 2:3 with linespoints linetype 5 title 'WebP', \
  'bsds500_test_psnr.csv' skip 1 every ::33::39 using 2:3 with linespoints linetype 6 title 'JPEG 2000', \
  'bsds500_test_psnr.csv' skip 1 every ::40::43 using 2:3 with linespoints linetype 7 title 'KLT-Net'
set terminal pngcairo size 2400,1500 fontscale 3 linewidth 3 pointscale 3
set output 'bsds500_test_psnr.png'
plot \
  'bsds500_test_psnr.csv' skip 1 every ::0::6 using 2:3 with linespoints linetype 1 title 'Gaussian + LMMSE', \
  'bsds500_test_psnr.csv' skip 1 every ::7::13 using 2:3 with linespoints linetype 2 title 'PCA + LMMSE', \
  'bsds500_test_psnr.csv' skip 1 every ::14::18 using 2:3 with linespoints linetype 3 title 'FCLBCNN', \
  'bsds500_test_psnr.csv' skip 1 every ::19::25 using 2:3 with linespoints linetype 4 title 'JPEG', \
  'bsds500_test_psnr.csv' skip 1 every ::26::32 using 2:3 with linespoints linetype 5 title 'WebP', \
  'bsds500_test_psnr.csv' skip 1 every ::33::39 using 2:3 with linespoints linetype 6 title 'JPEG 2000', \
  'bsds500_test_psnr.csv' skip 1 every ::40::43 using 2:3 with linespoints linetype 7 title 'KLT-Net'
unset output
