# Draws fig7_psnr.svg, fig7_psnr.pdf and fig7_psnr.png from fig7_psnr.csv: gnuplot fig7_psnr.gp
set encoding utf8
set datafile separator ','
set datafile missing 'nan'
set title 'Lena after cropping of the ciphertext''s middle' noenhanced
set xlabel 'share of the ciphertext lost' noenhanced
set ylabel 'PSNR (dB)' noenhanced
set tics out nomirror
set border 3
set grid linetype 1 dashtype 1 linewidth 0.5 linecolor rgb '#D0D0D0'
set key outside right center Left reverse noenhanced
set linetype 1 linecolor rgb '#0072B2' dashtype 1 pointtype 7 pointsize 0.8 linewidth 1.5
set linetype 2 linecolor rgb '#D55E00' dashtype 2 pointtype 5 pointsize 0.8 linewidth 1.5
set linetype 3 linecolor rgb '#009E73' dashtype 3 pointtype 9 pointsize 0.8 linewidth 1.5
set terminal svg size 800,500 font 'Helvetica,14' background '#FFFFFF'
set output 'fig7_psnr.svg'
plot \
  'fig7_psnr.csv' skip 1 every ::0::4 using 2:3 with linespoints linetype 1 title 'FCLBCNN', \
  'fig7_psnr.csv' skip 1 every ::5::9 using 2:3 with linespoints linetype 2 title 'FCLBCNN, noise 0.10', \
  'fig7_psnr.csv' skip 1 every ::10::14 using 2:3 with linespoints linetype 3 title 'PCA + LMMSE'
set terminal pdfcairo size 16.0cm,10.0cm font 'Helvetica,10'
set output 'fig7_psnr.pdf'
plot \
  'fig7_psnr.csv' skip 1 every ::0::4 using 2:3 with linespoints linetype 1 title 'FCLBCNN', \
  'fig7_psnr.csv' skip 1 every ::5::9 using 2:3 with linespoints linetype 2 title 'FCLBCNN, noise 0.10', \
  'fig7_psnr.csv' skip 1 every ::10::14 using 2:3 with linespoints linetype 3 title 'PCA + LMMSE'
set terminal pngcairo size 2400,1500 fontscale 3 linewidth 3 pointscale 3
set output 'fig7_psnr.png'
plot \
  'fig7_psnr.csv' skip 1 every ::0::4 using 2:3 with linespoints linetype 1 title 'FCLBCNN', \
  'fig7_psnr.csv' skip 1 every ::5::9 using 2:3 with linespoints linetype 2 title 'FCLBCNN, noise 0.10', \
  'fig7_psnr.csv' skip 1 every ::10::14 using 2:3 with linespoints linetype 3 title 'PCA + LMMSE'
unset output
