# Draws crop_psnr.svg and crop_psnr.pdf from crop_psnr.csv: gnuplot crop_psnr.gp
set encoding utf8
set datafile separator ','
set title 'Cropping of the ciphertext, FCLBCNN, mean of the images' noenhanced
set xlabel 'share of the ciphertext lost' noenhanced
set ylabel 'PSNR (dB)' noenhanced
set grid linetype 1 dashtype 1 linewidth 0.5 linecolor rgb '#D0D0D0'
set key outside right center Left reverse noenhanced
set tics out nomirror
set border 3
set linetype 1 linecolor rgb '#0072B2' dashtype 1 pointtype 7 pointsize 0.8 linewidth 1.5
set linetype 2 linecolor rgb '#D55E00' dashtype 2 pointtype 5 pointsize 0.8 linewidth 1.5
set linetype 3 linecolor rgb '#009E73' dashtype 3 pointtype 9 pointsize 0.8 linewidth 1.5
set linetype 4 linecolor rgb '#CC79A7' dashtype 4 pointtype 13 pointsize 0.8 linewidth 1.5
set linetype 5 linecolor rgb '#000000' dashtype 5 pointtype 6 pointsize 0.8 linewidth 1.5
set terminal svg size 800,500 font 'Helvetica,14' background '#FFFFFF'
set output 'crop_psnr.svg'
plot \
  'crop_psnr.csv' skip 1 every ::0::4 using 2:3 with linespoints linetype 1 title 'paper', \
  'crop_psnr.csv' skip 1 every ::5::9 using 2:3 with linespoints linetype 2 title 'hardened', \
  'crop_psnr.csv' skip 1 every ::10::14 using 2:3 with linespoints linetype 3 title 'hua2015', \
  'crop_psnr.csv' skip 1 every ::15::19 using 2:3 with linespoints linetype 4 title 'aes256_ctr', \
  'crop_psnr.csv' skip 1 every ::20::24 using 2:3 with linespoints linetype 5 title 'aes256_gcm'
set terminal pdfcairo size 16cm,10cm font 'Helvetica,10'
set output 'crop_psnr.pdf'
replot
unset output
